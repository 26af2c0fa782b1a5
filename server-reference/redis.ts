export type { RedisStoreOptions } from './stores/redis/redisOptions.js'
export type { RedisClient } from './stores/redis/redisPort.js'
export { redisStore } from './stores/redis/redisStore.js'
