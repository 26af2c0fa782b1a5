import type { SessionMeta, SessionStore } from '../../../server-reference/index.js'
import type { Limits } from '../../../src/protocol/mergeRule.js'

/** A session that started some time ago, so that a test does not have to wait. */
export async function createPast(
  store: SessionStore,
  key: string,
  limits: Limits,
  meta: SessionMeta,
  ago: { age: number; idle: number },
): Promise<void> {
  const clock = { ...meta, subject: 'clock' }
  const at = (await store.create(`clock of ${key}`, limits, clock)) ?? Number.NaN
  await store.create(key, limits, meta, 1_000, { created: at - ago.age, last: at - ago.idle })
}
