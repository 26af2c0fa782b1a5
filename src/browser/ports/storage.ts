import type { FactStorage } from '../../core/run/environment.js'

/**
 * The newest facts of this browser, for tabs that open later and for reloads: times and opaque
 * handles only. Where there is no storage the server is asked all the same.
 */
export function openFactStorage(name: string): FactStorage {
  return {
    load: () => {
      try {
        return JSON.parse(localStorage.getItem(name) ?? 'null')
      } catch {
        return null
      }
    },
    save: (value) => {
      try {
        localStorage.setItem(name, JSON.stringify(value))
      } catch {
        // Full or forbidden.
      }
    },
    clear: () => {
      try {
        localStorage.removeItem(name)
      } catch {
        // Forbidden.
      }
    },
  }
}
