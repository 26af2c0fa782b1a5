/**
 * A Map made of many small ones. When a Map with a million entries grows, it is copied, which
 * blocks the process.
 */
export interface ShardedMap<V> {
  readonly size: number
  readonly shards: number
  get(key: string): V | undefined
  set(key: string, value: V): void
  delete(key: string): void
  /** The entries of one shard, a small part of all. */
  shard(index: number): Iterable<V>
}

const shards = 2_048

export function shardedMap<V>(): ShardedMap<V> {
  const maps = Array.from({ length: shards }, () => new Map<string, V>())
  const mapOf = (key: string) => maps[shardOf(key)] as Map<string, V>
  let size = 0
  return {
    shards,
    get size() {
      return size
    },
    get: (key) => mapOf(key).get(key),
    set(key, value) {
      const map = mapOf(key)
      const before = map.size
      map.set(key, value)
      size += map.size - before
    },
    delete(key) {
      if (mapOf(key).delete(key)) size--
    },
    shard: (index) => (maps[index] as Map<string, V>).values(),
  }
}

function shardOf(key: string): number {
  // FNV-1a. Keys are hashes, and subjects come from the app, so outsiders cannot aim at one
  // shard. Beyond the end of a key there is NaN, which counts as 0 here.
  let hash = 0x811c9dc5
  for (let i = 0; i < 32; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  return (hash ^ (hash >>> 12)) & (shards - 1)
}
