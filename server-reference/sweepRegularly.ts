import type { Hooks } from './hooks.js'
import type { SessionStore } from './store.js'

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
    try {
      for (const record of await sweep()) hooks.ended(record)
    } catch (error) {
      hooks.emit({ type: 'store-down', error })
    }
    if (!stopped) arm()
  }

  const arm = () => {
    timer = setTimeout(run, wait).unref()
  }

  arm()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
