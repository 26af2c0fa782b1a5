import { Redis } from 'ioredis'
import { afterEach, expect, test } from 'vitest'
import { redisStore } from '../../../server-reference/redis.js'
import { keyOf } from '../../../server-reference/session/handles.js'
import { startRedis } from '../../support/servers/servers.js'
import { freshId, world } from '../../support/servers/world.js'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function evicting(args = ['--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru']) {
  const server = await startRedis({ args: [...args, '--maxmemory-samples', '64'] })
  cleanups.push(() => server.stop())
  const client = new Redis(server.port, '127.0.0.1')
  cleanups.push(() => client.disconnect())
  const store = redisStore(client)
  const { security } = world({ store, timeLimit: 5_000 })
  const ids = Array.from({ length: 50 }, freshId)
  for (const id of ids) await security.start({ id, subject: 'ada' })
  const alive = async () => {
    const found = await Promise.all(ids.map((id) => store.look(keyOf(id))))
    return found.filter(({ state }) => state === 'active').length
  }
  const report = async () => {
    for (const id of ids) await store.touch(keyOf(id), null, 0)
  }
  const evict = async () => client.del((await client.keys('*subject:*'))[0] ?? '')
  return { server, client, store, security, alive, report, evict }
}

test('keeps the index of a person as warm as the sessions, where Redis may evict it', async () => {
  const { security, alive, report, evict } = await evicting()
  expect(await evict()).toBe(1)
  await report()
  expect(await security.endSubject('ada')).toEqual({ ended: 50, confirmed: true })
  expect(await alive()).toBe(0)
})

test('rejects a sign-out everywhere once Redis has evicted keys, and ends what it knows', async () => {
  const { client, security, alive, report } = await evicting()
  const used = Number(/used_memory:(\d+)/.exec(await client.info('memory'))?.[1])
  await client.config('SET', 'maxmemory', String(used + 1_000_000))
  const evicted = async () =>
    Number(/evicted_keys:(\d+)/.exec(await client.info('stats'))?.[1] ?? '0')
  for (let i = 0; (await evicted()) === 0; i++) await client.set(`other ${i}`, 'x'.repeat(10_000))
  await report()
  await expect(security.endSubject('ada')).rejects.toThrow(
    /evicted \d+ keys: sessions .* may be left/,
  )
  expect(await alive()).toBe(0)
})

test('needs to be told that Redis evicts nothing, where it may not ask', async () => {
  const { server, client, security } = await evicting([])
  await client.call('ACL', 'SETUSER', 'app', 'on', '>pass', '~*', '+@all', '-info')
  const limited = new Redis({ ...local(server.port), username: 'app', password: 'pass' })
  cleanups.push(() => limited.disconnect())
  const unsure = world({ store: redisStore(limited) })
  await expect(unsure.security.endSubject('ada')).rejects.toThrow(
    /whether it evicts keys.*evicts: false/,
  )
  const sure = world({ store: redisStore(limited, { evicts: false }) })
  const id = freshId()
  await sure.security.start({ id, subject: 'bob' })
  expect(await sure.security.endSubject('bob')).toEqual({ ended: 1, confirmed: true })
  expect(await security.endSubject('bob')).toEqual({ ended: 0, confirmed: true })
})

const local = (port: number) => ({ port, host: '127.0.0.1', enableReadyCheck: false })
