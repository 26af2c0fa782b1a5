// The memory that a million sessions need in the memory store, and the longest time that a call takes.
import { createHash } from 'node:crypto'
import { join } from 'node:path'

const { memoryStore } = await import(join(process.argv[2], 'index.js'))
const count = 1_000_000
const limits = { expireAfter: 900_000, absolute: 28_800_000 }
const keyOf = (id) => createHash('sha256').update(`session ${id}`).digest('base64url')

/** As `start` creates it, with a sealed id of 24 bytes. */
const sealedOf = (id) =>
  createHash('sha512').update(`sealed ${id}`).digest('base64url').slice(0, 80)
const metaOf = (i) => ({
  subject: `user-${i}@example.com`,
  secretId: 'abcdef',
  sealedId: sealedOf(i),
})

/** The calls that took longer than a millisecond, with their times. */
function slowCalls(times, run) {
  const slow = new Map()
  for (let i = 0; i < times; i++) {
    const start = performance.now()
    run(i)
    const took = performance.now() - start
    if (took > 1) slow.set(i, took)
  }
  return slow
}

function fill() {
  let time = 0
  const store = memoryStore({ maxSessions: 2 * count, now: () => time })
  globalThis.gc()
  const before = process.memoryUsage().heapUsed
  const insert = slowCalls(count, (i) => store.create(keyOf(i), limits, metaOf(i)))
  globalThis.gc()
  const bytes = (process.memoryUsage().heapUsed - before) / count
  const touch = slowCalls(count, (i) => {
    time++
    store.touch(keyOf(i), limits, 0)
  })
  time += 900_000 - count / 2
  return { bytes, insert, touch, sweep: slowCalls(500, () => store.sweep()) }
}

/** The memory per session, and the time per touch, among this many sessions. */
function among(sessions) {
  const store = memoryStore({ maxSessions: 2 * sessions })
  const keys = Array.from({ length: sessions }, (_, i) => keyOf(i))
  globalThis.gc()
  const before = process.memoryUsage().heapUsed
  for (const [i, key] of keys.entries()) store.create(key, limits, metaOf(i))
  globalThis.gc()
  const bytes = (process.memoryUsage().heapUsed - before) / sessions
  const touches = 300_000
  const start = performance.now()
  for (let i = 0; i < touches; i++) store.touch(keys[(i * 7_919) % sessions], limits, 0)
  return { sessions, bytes, touch: ((performance.now() - start) / touches) * 1_000 }
}

/**
 * A growing table pauses at the same call in each run; a garbage collection, or another process that needs
 * the machine, at a different one. So only calls that were slow in every run count.
 */
function longest(runs) {
  const [first, ...others] = runs
  const always = [...first].filter(([call]) => others.every((run) => run.has(call)))
  return Math.max(1, ...always.map(([call]) => Math.min(...runs.map((run) => run.get(call)))))
}

const runs = [fill(), fill(), fill()]
const of = (name) => runs.map((run) => run[name])
process.send({
  growth: [1_000, 10_000, 100_000, 1_000_000].map(among),
  bytes: of('bytes').toSorted((a, b) => a - b)[1],
  insert: longest(of('insert')),
  touch: longest(of('touch')),
  sweep: longest(of('sweep')),
})
