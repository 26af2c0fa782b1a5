// The server's figures: CPU a report beside a bare server and express-session, latency under an
// open load, and the memory of a million sessions. Medians, and ratios within this one run.
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

const here = import.meta.dirname
const root = join(here, '../..')
const rounds = Number(process.env.ROUNDS ?? 5)
const seconds = Number(process.env.SECONDS ?? 2)
/** As a server of many people has them; and few, where each answer wakes the process that waits for it. */
const many = 100
const few = 10

// Built as it is shipped, inside the project so that packages are found.
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
        servers: join(root, 'test/server-reference/support/servers.ts'),
      },
    },
  },
})
const { startRedis } = await import(join(built, 'servers.js'))
const redis = await startRedis()

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

/** Kind by kind within each round, and ratios within a round: what else the machine does hits all alike. */
async function measureCpu(measured, connections) {
  const cpu = Object.fromEntries(measured.map((kind) => [kind, []]))
  for (let round = 0; round < rounds; round++)
    for (const kind of measured) {
      const { where, ask } = servers[kind]
      const before = await ask('cpu')
      const { requests, failed } = await load.ask({ ...where, seconds, connections })
      const after = await ask('cpu')
      if (failed > 0) throw new Error(`${kind}: ${failed} requests failed`)
      cpu[kind].push((after - before) / requests)
    }
  return cpu
}
const cpu = await measureCpu(kinds, many)
const cpuOfFew = await measureCpu(['bare', 'memory', 'redis'], few)

const open = { bare: [], 'bare-redis': [], memory: [], redis: [] }
for (let round = 0; round < rounds; round++)
  for (const kind of Object.keys(open)) {
    const { where } = servers[kind]
    const { failed, windows } = await load.ask({ ...where, seconds: 5, perSecond: 5_000 })
    if (failed > 0) throw new Error(`${kind}: ${failed} requests failed`)
    // The first is spent on opening the connections.
    open[kind].push(...windows.slice(1))
  }

for (const kind of kinds) servers[kind].stop()
load.stop()
await redis.stop()

const memory = start('memory.mjs', [], ['--expose-gc', '--max-old-space-size=2048'])
const million = await memory.next()
memory.stop()
rmSync(built, { recursive: true })

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
const us = (kind) => median(cpu[kind])
const ratioIn = (figures, a, b) =>
  median(figures[a].map((one, round) => one / figures[b][round])).toFixed(2)
const ratio = (a, b) => ratioIn(cpu, a, b)
/** Over all half seconds, and over those of which the host of the machine took nothing. */
function p99(kind) {
  const of = (windows) => (windows.length > 0 ? `${median(windows).toFixed(2)} ms` : '–')
  const all = open[kind].map((one) => one.p99)
  const whole = open[kind].filter((one) => one.stolen === 0).map((one) => one.p99)
  return `${of(all)}; ${of(whole)} in the ${whole.length} of ${all.length} half seconds that the machine had to itself`
}
const lines = [
  ...kinds.map((kind) => `CPU a request, ${kind}: ${us(kind).toFixed(1)} us`),
  `memory store beside the bare server: ${ratio('memory', 'bare')} x (to reach: 1.8)`,
  `Redis beside the bare server: ${ratio('redis', 'bare')} x (to reach: 2.5)`,
  `with ${few} connections: memory ${ratioIn(cpuOfFew, 'memory', 'bare')} x, Redis ${ratioIn(cpuOfFew, 'redis', 'bare')} x`,
  `a bare server that asks Redis for one key, beside the bare server: ${ratio('bare-redis', 'bare')} x`,
  `Redis beside that one: ${ratio('redis', 'bare-redis')} x`,
  `through fetch beside the bare server: ${ratio('fetch', 'bare')} x`,
  `express-session rolling beside us, memory: ${ratio('express-memory', 'memory')} x (to reach: 5)`,
  `express-session rolling beside us, Redis: ${ratio('express-redis', 'redis')} x (to reach: 5)`,
  `p99 at 5,000 requests a second, the bare server: ${p99('bare')}`,
  `the same where it asks Redis for one key: ${p99('bare-redis')}`,
  `p99 at 5,000 reports a second, memory: ${p99('memory')} (to reach: 10)`,
  `p99 at 5,000 reports a second, Redis: ${p99('redis')} (to reach: 10)`,
  `a million sessions: ${million.bytes.toFixed(0)} bytes each (to reach: 450)`,
  ...million.growth.map(
    ({ sessions, bytes, touch }) =>
      `among ${sessions.toLocaleString('en')} sessions: ${bytes.toFixed(0)} bytes each beside their keys, a touch takes ${touch.toFixed(2)} us`,
  ),
  `longest call, garbage collections apart: insert ${million.insert.toFixed(1)} ms, touch ${million.touch.toFixed(1)} ms, sweep ${million.sweep.toFixed(1)} ms (to reach: 10; 1.0: none was longer)`,
]
process.stdout.write(`${lines.join('\n')}\n`)
