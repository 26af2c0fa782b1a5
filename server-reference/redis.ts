export type { RedisClient } from './redis/redisPort.js'
export { type RedisStoreOptions, redisStore } from './redis/redisStore.js'
