// What a million sessions weigh in the memory store, and for how long it ever stands still.
import { createHash } from 'node:crypto'
import { join } from 'node:path'

const { memoryStore } = await import(join(process.argv[2], 'index.js'))
const count = 1_000_000
const limits = { expireAfter: 900_000, absolute: 28_800_000 }
const keyOf = (id) => createHash('sha256').update(`session ${id}`).digest('base64url')

let time = 0
const store = memoryStore({ maxSessions: 2 * count, now: () => time })
globalThis.gc()
const before = process.memoryUsage().heapUsed

function longest(times, run) {
  let worst = 0
  for (let i = 0; i < times; i++) {
    const start = performance.now()
    run(i)
    worst = Math.max(worst, performance.now() - start)
  }
  return worst
}

const insert = longest(count, (i) =>
  store.create(keyOf(i), limits, { subject: `user-${i}@example.com`, secretId: 'abcdef' }),
)
globalThis.gc()
const bytes = (process.memoryUsage().heapUsed - before) / count
const touch = longest(count, (i) => {
  time++
  store.touch(keyOf(i), limits, 0)
})
time += 900_000 - count / 2
const sweep = longest(500, () => store.sweep())
process.send({ bytes, insert, touch, sweep })
