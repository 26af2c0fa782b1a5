import { afterEach, expect, test, vi } from 'vitest'
import { createPingMutex } from '../../../src/browser/ports/mutex.js'

afterEach(() => vi.unstubAllGlobals())

test('without Web Locks a tab that is done lets the next one ask at once', async () => {
  vi.stubGlobal('navigator', {})
  const [one, two] = [createPingMutex('app'), createPingMutex('app')]
  let finish = () => {}
  let working: Promise<boolean> | undefined
  await new Promise<void>((started) => {
    working = one.tryRun(
      () =>
        new Promise((resolve) => {
          finish = resolve
          started()
        }),
    )
  })
  expect(await two.tryRun(async () => {})).toBe(false)
  finish()
  expect(await working).toBe(true)
  // A claim that nobody gives up holds for 10 s.
  await vi.waitFor(async () => expect(await two.tryRun(async () => {})).toBe(true), 3_000)
  one.close()
  two.close()
})
