import { afterEach, expect, test, vi } from 'vitest'
import { watchOcclusion } from '../../../src/dialog/modal/watchOcclusion.js'

afterEach(() => {
  vi.unstubAllGlobals()
})

interface Look {
  isVisible?: boolean
  isIntersecting: boolean
}

/** Stands in for Chromium's IntersectionObserver, which jsdom lacks. */
function standInObserver() {
  const state = {
    options: {} as Record<string, unknown>,
    observed: [] as Element[],
    disconnected: false,
    see: (..._: Look[]) => {},
  }
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(callback: (entries: Look[]) => void, options: Record<string, unknown>) {
        state.options = options
        state.see = (...entries) => callback(entries)
      }
      observe(element: Element) {
        state.observed.push(element)
      }
      disconnect() {
        state.disconnected = true
      }
    },
  )
  return state
}

const visible = { isVisible: true, isIntersecting: true }
const hidden = { isVisible: false, isIntersecting: true }

test('reports once when something covers an element that was fully visible', () => {
  const observer = standInObserver()
  const dialog = document.createElement('dialog')
  const onOccluded = vi.fn()
  watchOcclusion(dialog, onOccluded)
  expect(observer.observed).toEqual([dialog])
  expect(observer.options).toEqual({ trackVisibility: true, delay: 100 })
  observer.see(hidden)
  expect(onOccluded).not.toHaveBeenCalled()
  observer.see(visible)
  expect(onOccluded).not.toHaveBeenCalled()
  observer.see(hidden)
  observer.see(hidden)
  expect(onOccluded).toHaveBeenCalledTimes(1)
  observer.see(visible, hidden)
  expect(onOccluded).toHaveBeenCalledTimes(2)
})

test('does not report an element that left the viewport', () => {
  const observer = standInObserver()
  const onOccluded = vi.fn()
  watchOcclusion(document.createElement('dialog'), onOccluded)
  observer.see(visible, { isVisible: false, isIntersecting: false })
  expect(onOccluded).not.toHaveBeenCalled()
})

test('reports nothing in a browser that cannot tell visibility', () => {
  const observer = standInObserver()
  const onOccluded = vi.fn()
  watchOcclusion(document.createElement('dialog'), onOccluded)
  observer.see({ isIntersecting: true }, { isIntersecting: true })
  expect(onOccluded).not.toHaveBeenCalled()
})

test('stops observing', () => {
  const observer = standInObserver()
  watchOcclusion(document.createElement('dialog'), () => {})()
  expect(observer.disconnected).toBe(true)
})

test('works without IntersectionObserver', () => {
  vi.stubGlobal('IntersectionObserver', undefined)
  expect(() => watchOcclusion(document.createElement('dialog'), () => {})()).not.toThrow()
})
