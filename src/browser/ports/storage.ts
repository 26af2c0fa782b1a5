import type { FactStorage } from '../../core/run/environment.js'

/**
 * Stores this browser's newest facts for tabs that open later and for reloads: times and opaque handles
 * only. Without storage the page still works, because it asks the server.
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
        // The storage is full or blocked.
      }
    },
    clear: () => {
      try {
        localStorage.removeItem(name)
      } catch {
        // The storage is blocked.
      }
    },
  }
}
