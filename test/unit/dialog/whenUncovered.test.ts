import { expect, test, vi } from 'vitest'
import type { Session } from '../../../src/core/session.js'
import { whenUncovered } from '../../../src/dialog/modal/whenUncovered.js'

function sessionThatIs(covered: boolean) {
  const listeners = new Set<() => void>()
  const state = { covered }
  const session = {
    getState: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  } as unknown as Session
  const change = (next: boolean) => {
    state.covered = next
    for (const listener of [...listeners]) listener()
  }
  return { session, change, listeners }
}

test('acts at once while the content is not covered', () => {
  const { session, listeners } = sessionThatIs(false)
  const action = vi.fn()
  whenUncovered(session, action)
  expect(action).toHaveBeenCalledTimes(1)
  expect(listeners.size).toBe(0)
})

test('waits until the cover is lifted, and acts once', () => {
  const { session, change, listeners } = sessionThatIs(true)
  const action = vi.fn()
  whenUncovered(session, action)
  change(true)
  expect(action).not.toHaveBeenCalled()
  change(false)
  change(false)
  expect(action).toHaveBeenCalledTimes(1)
  expect(listeners.size).toBe(0)
})
