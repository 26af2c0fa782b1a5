import type { SessionStore } from '../stores/store.js'
import type { Hooks } from './hooks.js'

/** Finds the ends that no request found, one sweep at a time. Does not keep the process alive. */
export function sweepRegularly(
  store: SessionStore,
  every: number | false,
  hooks: Hooks,
): () => void {
  const sweep = store.sweep?.bind(store)
  if (!sweep || every === false) return () => {}
  const wait: number = every
  let timer: NodeJS.Timeout
  let stopped = false

  const run = async () => {
    let next = wait
    try {
      const met = await sweep()
      for (const record of met) hooks.ended(record)
      // If some sessions were over, there may be more: a sweep only covers a part.
      if (met.length > 0) next = Math.min(wait, 100)
    } catch (error) {
      hooks.storeDown(error)
    }
    if (!stopped) arm(next)
  }

  const arm = (ms: number) => {
    timer = setTimeout(run, ms).unref()
  }

  arm(wait)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
