// Finds what the tests need beyond npm (a browser, Redis, PostgreSQL, …) and installs what is
// missing from Debian's packages. If that is not possible, it names what to install.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Each requirement: how it is found, and the Debian packages that contain it. */
const needs = [
  {
    name: 'Chromium',
    found: () => process.env.CHROMIUM_PATH ?? onPath('chromium'),
    packages: ['chromium'],
  },
  { name: 'redis-server', found: () => onPath('redis-server'), packages: ['redis-server'] },
  {
    name: 'PostgreSQL',
    found: () => onPath('initdb') ?? debianPostgres(),
    packages: ['postgresql'],
  },
  {
    name: 'django-session-security',
    found: () => existsSync('/usr/lib/python3/dist-packages/session_security'),
    packages: ['python3-django-session-security', 'python3-django', 'libjs-jquery'],
  },
  {
    name: 'libfaketime',
    found: () => readdirSync('/usr/lib').some((name) => existsSync(`/usr/lib/${name}/faketime`)),
    packages: ['libfaketime'],
  },
]

const missing = needs.filter((need) => !need.found())
if (missing.length > 0) {
  install(missing)
  const still = missing.filter((need) => !need.found())
  if (still.length > 0)
    fail(still, 'The installation went through, but these were not found after it.')
}
process.stdout.write(`Found ${needs.map((need) => need.name).join(', ')}.\n`)

function onPath(command) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const candidate = join(folder, command)
    try {
      accessSync(candidate, constants.X_OK)
      return candidate
    } catch {
      // Not in this folder. Try the next one.
    }
  }
  return undefined
}

function debianPostgres() {
  const root = '/usr/lib/postgresql'
  try {
    return readdirSync(root)
      .map((version) => join(root, version, 'bin', 'initdb'))
      .at(-1)
  } catch {
    return undefined
  }
}

function install(list) {
  const names = list.map((need) => need.name).join(', ')
  const packages = list.flatMap((need) => need.packages)
  if (!onPath('apt-get')) fail(list, 'There is no apt-get here to install them with.')
  const root = process.getuid?.() === 0
  if (!root && !onPath('sudo')) fail(list, 'Installing them needs root or sudo.')
  process.stdout.write(`Missing: ${names}. Installing ${packages.join(' ')} …\n`)
  // RUNLEVEL=1: the tests start their own servers on free ports; none should start by itself.
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
  ]) {
    const [command, ...rest] = root ? ['apt-get', ...args] : ['sudo', '-E', 'apt-get', ...args]
    const { status, stdout, stderr } = spawnSync(command, rest, {
      env: environment,
      encoding: 'utf8',
    })
    if (status !== 0) fail(list, `apt-get ${args[0]} failed:\n${stdout}${stderr}`)
  }
}

function fail(list, why) {
  const lines = list.map((need) => `  - ${need.name} (Debian: ${need.packages.join(' ')})`)
  process.stderr.write(
    `These are needed, and they could not be installed:\n${lines.join('\n')}\n${why}\n` +
      'Install them by hand and run the command again. CHROMIUM_PATH names a Chromium that is not on PATH.\n',
  )
  process.exit(1)
}
