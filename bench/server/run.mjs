// The server's figures: CPU per report compared with a bare server and express-session, latency under an
// open load, and the memory of a million sessions. Writes bench/server/RESULTS.md; about six minutes.
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { createClient } from 'redis'
import { build } from 'vite'
import { median, say, version } from '../figures.mjs'

const here = import.meta.dirname
const root = join(here, '../..')
const rounds = Number(process.env.ROUNDS ?? 5)
const seconds = Number(process.env.SECONDS ?? 2)
/** Many connections, as a real server has; and few, where each answer wakes a waiting process. */
const many = 100
const few = 10

// Built as it is shipped, inside the project, so that packages are found.
const built = mkdtempSync(join(root, 'node_modules/.bench-'))
await build({
  root,
  configFile: false,
  logLevel: 'error',
  build: {
    outDir: built,
    ssr: true,
    rolldownOptions: {
      input: {
        index: join(root, 'server-reference/index.ts'),
        redis: join(root, 'server-reference/redis.ts'),
        servers: join(root, 'test/support/servers/servers.ts'),
      },
    },
  },
})
const { startRedis } = await import(join(built, 'servers.js'))
const redis = await startRedis()
const redisVersion = await versionOfRedis()

const start = (file, args = [], execArgv = []) => {
  const child = fork(join(here, file), [built, String(redis.port), ...args], { execArgv })
  const waiting = []
  child.on('message', (message) => waiting.shift()?.(message))
  const next = () => new Promise((resolve) => waiting.push(resolve))
  return {
    ask: (message) => {
      child.send(message)
      return next()
    },
    next,
    stop: () => child.kill(),
  }
}

const kinds = ['bare', 'bare-redis', 'memory', 'redis', 'fetch', 'express-memory', 'express-redis']
const load = start('load.mjs')
const servers = {}
for (const kind of kinds) {
  const server = start('serve.mjs', [kind])
  servers[kind] = { ...server, where: await server.next() }
  await load.ask({ ...servers[kind].where, seconds: 1, connections: many })
}

/** All kinds within each round, and ratios within a round: whatever else the machine does affects all kinds. */
async function measureCpu(measured, connections) {
  const cpu = Object.fromEntries(measured.map((kind) => [kind, []]))
  for (let round = 0; round < rounds; round++) {
    say(`CPU a request, ${connections} connections, round ${round + 1}`)
    for (const kind of measured) {
      const { where, ask } = servers[kind]
      const before = await ask('cpu')
      const { requests, failed } = await load.ask({ ...where, seconds, connections })
      const after = await ask('cpu')
      if (failed > 0) throw new Error(`${kind}: ${failed} requests failed`)
      cpu[kind].push((after - before) / requests)
    }
  }
  return cpu
}
const cpu = await measureCpu(kinds, many)
const cpuOfFew = await measureCpu(['bare', 'memory', 'redis'], few)

const open = { bare: [], 'bare-redis': [], memory: [], redis: [] }
for (let round = 0; round < rounds; round++) {
  say(`latency, round ${round + 1}`)
  for (const kind of Object.keys(open)) {
    const { where } = servers[kind]
    const { failed, windows } = await load.ask({ ...where, seconds: 5, perSecond: 5_000 })
    if (failed > 0) throw new Error(`${kind}: ${failed} requests failed`)
    // The first one opens the connections.
    open[kind].push(...windows.slice(1))
  }
}

for (const kind of kinds) servers[kind].stop()
load.stop()
await redis.stop()

say('the memory of a million sessions')
const memory = start('memory.mjs', [], ['--expose-gc', '--max-old-space-size=2048'])
const million = await memory.next()
memory.stop()
rmSync(built, { recursive: true })

writeFileSync(join(here, 'RESULTS.md'), report())
say('bench/server/RESULTS.md is written.')

function report() {
  const ratio = (a, b, figures = cpu) => ratios(figures[a], figures[b])
  const row = (what, measured, toReach = '–') => `| ${what} | ${measured} | ${toReach} |`
  const { bytes, growth, insert, touch, sweep } = million
  return `# The server's results

Written by \`npm run bench:server\`; nothing here is typed by hand. ${rounds} rounds; the median, with the
smallest and the largest. [README.md](README.md) says how, and what limits them.

${cpus().length} × ${cpus()[0].model}, Node ${process.versions.node}, Redis ${redisVersion}, node-redis ${version('redis')},
express-session ${version('express-session')}, connect-redis ${version('connect-redis')}.

| CPU a report, ${many} connections | measured | to reach |
|---|---|---|
${[
  row('memory store, times the bare server', ratio('memory', 'bare'), '≤ 1.8'),
  row('Redis, times the bare server', ratio('redis', 'bare'), '≤ 2.5'),
  row('a bare server that asks Redis for one key, times the bare one', ratio('bare-redis', 'bare')),
  row('Redis, times that one', ratio('redis', 'bare-redis')),
  row('memory store through `fetch`, times the bare server', ratio('fetch', 'bare')),
  row('express-session rolling in memory, times ours', ratio('express-memory', 'memory'), '≥ 5'),
  row('express-session rolling on Redis, times ours', ratio('express-redis', 'redis'), '≥ 5'),
  row(`memory store with ${few} connections`, ratio('memory', 'bare', cpuOfFew)),
  row(`Redis with ${few} connections`, ratio('redis', 'bare', cpuOfFew)),
  ...kinds.map((kind) => row(`µs: ${kind}`, spread(cpu[kind], 0))),
].join('\n')}

| p99 at 5,000 a second, by half seconds | all | those the machine had to itself | to reach |
|---|---|---|---|
${[
  latencyRow('the bare server', 'bare', '–'),
  latencyRow('a bare server that asks Redis for one key', 'bare-redis', '–'),
  latencyRow('memory store', 'memory', '≤ 10 ms'),
  latencyRow('Redis', 'redis', '≤ 10 ms'),
].join('\n')}

| memory store | measured | to reach |
|---|---|---|
${[
  row('a million sessions, bytes each, index by subject included', bytes.toFixed(0), '≤ 450'),
  ...growth.map((one) =>
    row(
      `among ${one.sessions.toLocaleString('en')} sessions, beside their keys`,
      `${one.bytes.toFixed(0)} bytes each, a touch takes ${one.touch.toFixed(2)} µs`,
    ),
  ),
  ...Object.entries({ insert, touch, sweep }).map(([name, ms]) =>
    row(
      `longest ${name} at a million, garbage collections apart`,
      ms > 1 ? `${ms.toFixed(1)} ms` : 'under 1 ms',
      '≤ 10 ms',
    ),
  ),
].join('\n')}
`
}

/** Over all half seconds, and over those in which the host took no time. */
function latencyRow(what, kind, toReach) {
  const of = (windows) =>
    windows.length > 0 ? `${median(windows.map(({ p99 }) => p99)).toFixed(1)} ms` : '–'
  const all = open[kind]
  const own = all.filter(({ stolen }) => stolen === 0)
  return `| ${what} | ${of(all)} (${all.length}) | ${of(own)} (${own.length}) | ${toReach} |`
}

function ratios(a, b) {
  return spread(
    a.map((one, round) => one / b[round]),
    2,
  )
}

function spread(values, digits) {
  const [middle, low, high] = [median(values), Math.min(...values), Math.max(...values)]
  return `${middle.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`
}

async function versionOfRedis() {
  const client = await createClient({ socket: { host: '127.0.0.1', port: redis.port } }).connect()
  const info = await client.info('server')
  await client.close()
  return /redis_version:(\S+)/.exec(info)[1]
}
