import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { accessSync, chownSync, constants, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

export interface Running {
  port: number
  pid: number
  /** Ends it and waits for that; `SIGKILL` as a crash would. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

/** A real Redis on a free port, with nothing kept on disk but what a test asks for. */
export async function startRedis(
  options: { port?: number; args?: string[] } = {},
): Promise<Running> {
  const port = options.port ?? (await freePort())
  const folder = mkdtempSync(join(tmpdir(), 'session-security-redis-'))
  const base = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder]
  const args = [...base, '--save', '', '--appendonly', 'no', ...(options.args ?? [])]
  return run(findProgram('redis-server'), args, port, folder, 'Ready to accept connections')
}

/** A real PostgreSQL on a free port. It refuses to run as root, so root lends it another user. */
export async function startPostgres(): Promise<Running & { url: string }> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'session-security-postgres-'))
  const data = join(folder, 'data')
  const lend: string[] = []
  if (process.getuid?.() === 0) {
    const id = (flag: string) => execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }).trim()
    chownSync(folder, Number(id('-u')), Number(id('-g')))
    lend.push('setpriv', `--reuid=${id('-u')}`, `--regid=${id('-g')}`, '--clear-groups')
  }
  const command = (program: string, args: string[]) =>
    [...lend, program, ...args] as [string, ...string[]]
  const [init, ...initArgs] = command(findPostgres('initdb'), [
    ...['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
  ])
  execFileSync(init, initArgs, { cwd: folder, stdio: 'pipe' })
  const [program, ...args] = command(findPostgres('postgres'), [
    ...['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1'],
    ...['-c', 'unix_socket_directories=', '-c', 'fsync=off', '-c', 'max_connections=60'],
  ])
  const running = await run(program, args, port, folder, 'ready to accept connections')
  return { ...running, url: `postgres://postgres@127.0.0.1:${port}/postgres` }
}

async function run(
  program: string,
  args: string[],
  port: number,
  folder: string,
  ready: string,
): Promise<Running> {
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const abandon = () => child.kill('SIGKILL')
  process.once('exit', abandon)
  await untilReady(child, ready)
  return {
    port,
    pid: child.pid ?? 0,
    async stop(signal = 'SIGTERM') {
      process.off('exit', abandon)
      if (child.exitCode === null && child.signalCode === null) {
        const gone = new Promise((resolve) => child.once('exit', resolve))
        child.kill('SIGCONT')
        child.kill(signal)
        await gone
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function untilReady(child: ChildProcess, ready: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const listen = (chunk: Buffer) => {
      said += chunk
      if (said.includes(ready)) resolve()
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`It did not start:\n${said}`)))
  })
}

function findPostgres(program: string): string {
  try {
    return findProgram(program)
  } catch (error) {
    const root = '/usr/lib/postgresql'
    for (const version of readdirSync(root).sort((a, b) => Number(b) - Number(a))) {
      const path = join(root, version, 'bin', program)
      if (isProgram(path)) return path
    }
    throw error
  }
}

function findProgram(program: string): string {
  for (const folder of (process.env.PATH ?? '').split(delimiter))
    if (isProgram(join(folder, program))) return join(folder, program)
  throw new Error(`${program} is needed for this test: "npm test" installs it.`)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
