export type { PostgresPool } from './stores/postgres/postgresPort.js'
export { postgresSchema } from './stores/postgres/postgresSchema.js'
export { type PostgresStoreOptions, postgresStore } from './stores/postgres/postgresStore.js'
