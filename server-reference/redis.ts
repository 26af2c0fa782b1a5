export type { RedisStoreOptions } from './redis/redisOptions.js'
export type { RedisClient } from './redis/redisPort.js'
export { redisStore } from './redis/redisStore.js'
