import type { SessionStore } from '../stores/store.js'
import type { Hooks } from './hooks.js'

/** Meets the ends that no request met, one sweep at a time. Keeps no process running. */
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
      // Where some were over, more will be: a sweep goes through a part only.
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
