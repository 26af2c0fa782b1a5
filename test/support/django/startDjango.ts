import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface DjangoOptions {
  /** Seconds. */
  warnAfter: number
  /** Seconds. */
  expireAfter: number
  /** With the middleware of docs/django.md, or with the one of django-session-security alone. */
  passiveRequests: boolean
}

export interface Django {
  url: string
  stop(): Promise<void>
}

/** The Python that Debian's packages belong to (`npm run setup` finds or installs them). */
const python = '/usr/bin/python3'

/** The real django-session-security in a process of its own, with a database of its own. */
export async function startDjango(builtPage: string, options: DjangoOptions): Promise<Django> {
  const data = await mkdtemp(join(tmpdir(), 'django-site-'))
  // -B: no compiled files in the repository.
  const child = spawn(python, ['-B', 'serve.py'], {
    cwd: join(import.meta.dirname, 'djangoSite'),
    env: {
      ...process.env,
      SITE_DATA: data,
      BUILT_PAGE: builtPage,
      WARN_AFTER: String(options.warnAfter),
      EXPIRE_AFTER: String(options.expireAfter),
      SESSION_SECURITY_MIDDLEWARE: options.passiveRequests
        ? 'passive_requests.PassiveRequestsMiddleware'
        : 'session_security.middleware.SessionSecurityMiddleware',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)

  const url = await Promise.race([
    addressFrom(child.stdout),
    exited.then(([code]) => {
      throw new Error(
        `Django ended with ${code} before it listened: \`npm run setup\` says what it needs.`,
      )
    }),
  ])

  return {
    url,
    async stop() {
      process.off('exit', kill)
      kill()
      await exited
      await rm(data, { recursive: true, force: true })
    },
  }
}

async function addressFrom(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(output)) {
    const address = /^Site: (http\S+)/.exec(line)?.[1]
    if (address) {
      output.resume()
      return address
    }
  }
  throw new Error('Django ended without saying where it listens.')
}
