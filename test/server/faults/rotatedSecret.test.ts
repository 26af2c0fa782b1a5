import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askPort } from '../../support/servers/callers.js'
import { type Running, startRedis } from '../../support/servers/servers.js'
import { freshId, page } from '../../support/servers/world.js'

const [older, newer] = ['o'.repeat(32), 'n'.repeat(32)] as const
const children: ChildProcess[] = []
let redis: Running

beforeAll(async () => {
  redis = await startRedis()
})
afterAll(async () => {
  for (const child of children) {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill()
    await gone
  }
  await redis.stop()
})

async function startProcess(...secrets: string[]) {
  const file = join(import.meta.dirname, '../../support/servers/fleetProcess.mjs')
  const args = [file, String(redis.port), ...secrets]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk) => resolve(String(chunk)))
    child.once('exit', () => reject(new Error('The process did not start')))
  })
  const port = Number(/port (\d+)/.exec(line)?.[1])
  const caller = { ask: (asked: object) => askPort(port, asked), close: async () => {} }
  return {
    caller,
    start: async (id: string) => (await caller.ask({ path: `/start?${id}` })).json,
    endAll: async () => (await caller.ask({ path: '/end-all' })).json,
    ended: async () => JSON.parse((await caller.ask({ path: '/ended' })).text) as string[],
  }
}

test('a secret is rotated in two steps, and in each the old and the new processes agree', async () => {
  const [before, between, after] = await Promise.all([
    startProcess(older),
    startProcess(older, newer),
    startProcess(newer, older),
  ])
  // First some processes know the newer one, then some use it: never one that another doesn't know.
  for (const [one, other] of [
    [before, between],
    [between, after],
  ] as const)
    for (const [at, elsewhere] of [
      [one, other],
      [other, one],
    ] as const) {
      const id = freshId()
      const { session, subject } = await at.start(id)
      const tab = page(elsewhere.caller, id)
      expect((await tab.report(0, String(session))).json).toMatchObject({ session, subject })
      expect(await elsewhere.endAll()).toEqual({ ended: 1, confirmed: true })
      await expect.poll(() => elsewhere.ended()).toContain(id)
      expect((await tab.observe(String(session))).json).toMatchObject({
        session,
        reason: 'revoked',
      })
    }
}, 60_000)
