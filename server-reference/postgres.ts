export type { PostgresPool } from './postgres/postgresPort.js'
export { postgresSchema } from './postgres/postgresSchema.js'
export { type PostgresStoreOptions, postgresStore } from './postgres/postgresStore.js'
