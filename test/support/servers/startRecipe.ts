import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import { blockWith } from '../docs/markdown.js'

const guide = 'docs/server.md'

/** The guide's three ways to keep sessions, and how many of its own an app still holds in each. */
const stacks = {
  memory: {
    held: 'new Promise((done) => sessions.length((_error, count) => done(count)))',
  },
  redis: { block: 'new RedisStore(', held: "(await client.keys('sess:*')).length" },
  postgres: {
    block: 'connectPgSimple(session)',
    held: "(await pool.query('SELECT count(*)::int AS held FROM session')).rows[0].held",
  },
} as const

export type Stack = keyof typeof stacks

export interface Recipe {
  /** Runs the code in a process of its own. */
  start(environment: Record<string, string>): Promise<RecipeProcess>
  remove(): Promise<void>
}

export interface RecipeProcess {
  url: string
  isRunning(): boolean
  kill(): Promise<void>
}

/** The Express app of docs/server.md as it stands there, with times that a test can wait for. */
export async function buildRecipe(stack: Stack): Promise<Recipe> {
  // Within the project, so that its packages are found.
  const folder = resolve(`node_modules/.recipe-${randomUUID()}`)
  await mkdir(folder)
  const outfile = `${folder}/server.mjs`
  await build({
    stdin: { contents: codeOf(stack), loader: 'ts', resolveDir: resolve('.') },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    tsconfig: 'tsconfig.json',
    logLevel: 'error',
  })
  return {
    start: (environment) => run(outfile, environment),
    remove: () => rm(folder, { recursive: true }),
  }
}

function codeOf(stack: Stack): string {
  const chosen = stacks[stack]
  let code = blockWith(guide, 'new MemoryStore()')
  if ('block' in chosen) {
    const clients = blockWith(guide, chosen.block).replace(/^import session .*$/m, '')
    code = replaced(code, 'const sessions = new MemoryStore()\n', clients)
    code = replaced(code, 'store: memoryStore(),', 'store,\n  secret,')
  }
  code = replaced(code, /warnAfter: .*? expireAfter: [\d_]+/, times)
  code = replaced(
    code,
    '  resolve,\n',
    '  resolve,\n  sweepEvery: 100,\n  allowShortWarning: true,\n',
  )
  return `${code}
    function passwordIsRight({ username, password }) { return username === password }
    api.get('/cases', (_request, response) => void response.json(['Housing benefit']))
    app.get('/unguarded', (request, response) => void response.json(request.session.user ?? null))
    app.get('/held', async (_request, response) => void response.json(await ${chosen.held}))
    app.post('/end-everywhere', async (_request, response) => {
      await security.endSubject('ada')
      response.json({})
    })
    const server = app.listen(0, '127.0.0.1', () =>
      process.stdout.write(\`http://127.0.0.1:\${server.address().port}\\n\`))`
}

/** How long the sessions of these tests may be idle, in ms. */
const expireAfter = 3_000
const times = `warnAfter: ${expireAfter / 2}, expireAfter: ${expireAfter}`

function replaced(code: string, what: string | RegExp, by: string): string {
  const changed = code.replace(what, () => by)
  if (changed === code) throw new Error(`${guide} has no "${what}" any more.`)
  return changed
}

async function run(file: string, environment: Record<string, string>): Promise<RecipeProcess> {
  const child = spawn(process.execPath, [file], {
    env: {
      ...process.env,
      NODE_ENV: 'development',
      COOKIE_SECRET: 'a secret of the cookies, 32 bytes or more',
      SESSION_SECURITY_SECRET: 'a secret of the handles, 32 bytes or more',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const exited = once(child, 'exit')
  const abandon = () => child.kill('SIGKILL')
  process.once('exit', abandon)
  return {
    url: await addressFrom(child),
    isRunning: () => child.exitCode === null && child.signalCode === null,
    async kill() {
      process.off('exit', abandon)
      child.kill('SIGKILL')
      await exited
    },
  }
}

async function addressFrom({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('The process has no output.')
  for await (const line of createInterface(stdout)) {
    stdout.resume()
    return line
  }
  throw new Error('The process ended before it listened.')
}
