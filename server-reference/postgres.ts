export { postgresSchema } from './postgres/postgresSchema.js'
export {
  type PostgresPool,
  type PostgresStoreOptions,
  postgresStore,
} from './postgres/postgresStore.js'
