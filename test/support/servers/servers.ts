import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { accessSync, chownSync, constants, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { Redis } from 'ioredis'

export interface Running {
  port: number
  pid: number
  folder: string
  /** Ends it, waits for that and removes its data; `crash` ends it as a crash would and leaves them. */
  stop(): Promise<void>
  crash(): Promise<void>
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

/** A three-node cluster, each node with a third of the slots. */
export async function startRedisCluster(): Promise<Running[]> {
  const nodes = await Promise.all(
    [0, 1, 2].map(async () => {
      const bus = await freePort()
      const args = [
        '--cluster-enabled',
        'yes',
        '--cluster-port',
        String(bus),
        '--cluster-node-timeout',
        '2000',
      ]
      return { ...(await startRedis({ args })), bus }
    }),
  )
  const clients = nodes.map(({ port }) => new Redis(port, '127.0.0.1'))
  const [first] = nodes
  for (const [index, client] of clients.entries()) {
    const from = Math.ceil((index * 16_384) / 3)
    const to = Math.ceil(((index + 1) * 16_384) / 3) - 1
    await client.call('CLUSTER', 'ADDSLOTSRANGE', from, to)
    if (index > 0)
      await client.call('CLUSTER', 'MEET', '127.0.0.1', first?.port ?? 0, first?.bus ?? 0)
  }
  for (const client of clients) {
    while (!String(await client.call('CLUSTER', 'INFO')).includes('cluster_state:ok')) await turn()
    while (
      String(await client.call('CLUSTER', 'NODES'))
        .trim()
        .split('\n').length < 3
    )
      await turn()
    client.disconnect()
  }
  return nodes
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 20))

/** A real PostgreSQL on a free port. It refuses to run as root, so root lends it another user. */
export async function startPostgres(again?: {
  port: number
  folder: string
}): Promise<Running & { url: string }> {
  const port = again?.port ?? (await freePort())
  const folder = again?.folder ?? mkdtempSync(join(tmpdir(), 'session-security-postgres-'))
  const data = join(folder, 'data')
  const lend: string[] = []
  if (process.getuid?.() === 0) {
    const id = (flag: string) => execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }).trim()
    chownSync(folder, Number(id('-u')), Number(id('-g')))
    lend.push('setpriv', `--reuid=${id('-u')}`, `--regid=${id('-g')}`, '--clear-groups')
  }
  const command = (program: string, args: string[]) =>
    [...lend, program, ...args] as [string, ...string[]]
  if (!again) {
    const [init, ...initArgs] = command(findPostgres('initdb'), [
      ...['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    ])
    execFileSync(init, initArgs, { cwd: folder, stdio: 'pipe' })
  }
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
  async function end(signal: NodeJS.Signals) {
    process.off('exit', abandon)
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGCONT')
    child.kill(signal)
    await gone
  }
  return {
    port,
    folder,
    pid: child.pid ?? 0,
    // SIGQUIT is PostgreSQL's own word for a crash that takes its children along.
    crash: () => end(program.includes('redis') ? 'SIGKILL' : 'SIGQUIT'),
    async stop() {
      await end('SIGTERM')
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
