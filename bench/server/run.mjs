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
  await load.ask({ ...servers[kind].where, seconds: 1 })
}

// Kind by kind within each round, and ratios within a round: what else the machine does hits all alike.
const cpu = Object.fromEntries(kinds.map((kind) => [kind, []]))
for (let round = 0; round < rounds; round++)
  for (const kind of kinds) {
    const { where, ask } = servers[kind]
    const before = await ask('cpu')
    const { requests, failed } = await load.ask({ ...where, seconds })
    const after = await ask('cpu')
    if (failed > 0) throw new Error(`${kind}: ${failed} requests failed`)
    cpu[kind].push((after - before) / requests)
  }

const open = []
for (let round = 0; round < 3; round++)
  for (const kind of ['bare', 'memory', 'redis'])
    open.push({
      kind,
      ...(await load.ask({ ...servers[kind].where, seconds: 5, perSecond: 5_000 })),
    })

for (const kind of kinds) servers[kind].stop()
load.stop()
await redis.stop()

const memory = start('memory.mjs', [], ['--expose-gc', '--max-old-space-size=2048'])
const million = await memory.next()
memory.stop()
rmSync(built, { recursive: true })

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
const us = (kind) => median(cpu[kind])
const ratio = (a, b) => median(cpu[a].map((us, round) => us / cpu[b][round])).toFixed(2)
const p99 = (kind) => median(open.filter((one) => one.kind === kind).map((one) => one.p99))
const lines = [
  ...kinds.map((kind) => `CPU a request, ${kind}: ${us(kind).toFixed(1)} us`),
  `memory store beside the bare server: ${ratio('memory', 'bare')} x (to reach: 1.8)`,
  `Redis beside the bare server: ${ratio('redis', 'bare')} x (to reach: 2.5)`,
  `a bare server that asks Redis for one key, beside the bare server: ${ratio('bare-redis', 'bare')} x`,
  `Redis beside that one: ${ratio('redis', 'bare-redis')} x`,
  `through fetch beside the bare server: ${ratio('fetch', 'bare')} x`,
  `express-session rolling beside us, memory: ${ratio('express-memory', 'memory')} x (to reach: 5)`,
  `express-session rolling beside us, Redis: ${ratio('express-redis', 'redis')} x (to reach: 5)`,
  `p99 at 5,000 requests a second, the bare server: ${p99('bare').toFixed(2)} ms`,
  `p99 at 5,000 reports a second, memory: ${p99('memory').toFixed(2)} ms (to reach: 10)`,
  `p99 at 5,000 reports a second, Redis: ${p99('redis').toFixed(2)} ms`,
  `a million sessions: ${million.bytes.toFixed(0)} bytes each (to reach: 450)`,
  ...million.growth.map(
    ({ sessions, bytes, touch }) =>
      `among ${sessions.toLocaleString('en')} sessions: ${bytes.toFixed(0)} bytes each beside their keys, a touch takes ${touch.toFixed(2)} us`,
  ),
  `longest call, garbage collections apart: insert ${million.insert.toFixed(1)} ms, touch ${million.touch.toFixed(1)} ms, sweep ${million.sweep.toFixed(1)} ms (to reach: 10; 1.0: none was longer)`,
]
process.stdout.write(`${lines.join('\n')}\n`)
