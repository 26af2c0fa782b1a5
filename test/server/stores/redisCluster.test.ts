import { Cluster } from 'ioredis'
import { createCluster } from 'redis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { redisStore } from '../../../server-reference/redis.js'
import { type Running, startRedisCluster } from '../../support/servers/servers.js'
import { storeContract } from '../../support/servers/storeContract.js'

let nodes: Running[]
const closers: (() => unknown)[] = []

beforeAll(async () => {
  nodes = await startRedisCluster()
}, 30_000)
afterAll(async () => {
  for (const close of closers) await close()
  for (const node of nodes) await node.stop()
})

function openIoredis() {
  const client = new Cluster(nodes.map(({ port }) => ({ host: '127.0.0.1', port })))
  closers.push(() => client.disconnect())
  return client
}

async function openNodeRedis() {
  const client = createCluster({
    rootNodes: nodes.map(({ port }) => ({ url: `redis://127.0.0.1:${port}` })),
  })
  await client.connect()
  closers.push(() => client.destroy())
  return client
}

storeContract('the Redis store on a cluster, through ioredis', async () =>
  redisStore(openIoredis(), { prefix: 'io:' }),
)
storeContract('the Redis store on a cluster, through node-redis', async () =>
  redisStore(await openNodeRedis(), { prefix: 'node:' }),
)

test('spreads sessions over the nodes, and can ask each node’s replicas', async () => {
  const limits = { expireAfter: 900_000, absolute: null }
  const open = [openIoredis(), await openNodeRedis()]
  for (const [index, client] of open.entries()) {
    const store = redisStore(client, {
      prefix: `spread${index}:`,
      confirmReplicas: 1,
      confirmWithin: 1,
    })
    const keys = Array.from({ length: 60 }, (_, n) => `session ${n}`)
    for (const key of keys)
      await store.create(key, limits, { subject: key, secretId: 'k', sealedId: 's' })
    // No node has a replica here, so no end can be confirmed by one.
    expect(await store.end('session 1', 'revoked')).toMatchObject({ confirmed: false })
  }
  const plain = openIoredis()
  await plain.ping()
  const counts = await Promise.all(
    plain.nodes('master').map(async (node) => (await node.keys('spread*:session*')).length),
  )
  expect(counts).toHaveLength(3)
  for (const count of counts) expect(count).toBeGreaterThan(10)
})
