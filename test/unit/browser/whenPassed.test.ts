import { expect, test, vi } from 'vitest'
import { whenPassed } from '../../../src/browser/ports/whenPassed.js'
import { stopTime } from '../../support/jsdom/pass.js'

const minute = 60_000

test('calls back once, when the time has passed', () => {
  stopTime()
  const callBack = vi.fn()
  whenPassed(15 * minute, callBack)
  vi.advanceTimersByTime(15 * minute - 1)
  expect(callBack).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  vi.advanceTimersByTime(60 * minute)
  dispatchEvent(new Event('focus'))
  expect(callBack).toHaveBeenCalledOnce()
})

test('counts sleep, in which timers stand still, as soon as somebody is back', () => {
  stopTime()
  const callBack = vi.fn()
  whenPassed(15 * minute, callBack)
  vi.setSystemTime(Date.now() + 20 * minute)
  expect(callBack).not.toHaveBeenCalled()

  dispatchEvent(new Event('focus'))
  expect(callBack).toHaveBeenCalledOnce()
})

test('is not prolonged by a clock that is set back', () => {
  stopTime()
  const callBack = vi.fn()
  whenPassed(15 * minute, callBack)
  vi.setSystemTime(Date.now() - 60 * minute)
  vi.advanceTimersByTime(15 * minute)
  expect(callBack).toHaveBeenCalledOnce()
})

test('waits longer than one timer can', () => {
  stopTime()
  const callBack = vi.fn()
  whenPassed(2 ** 31 + 1_000, callBack)
  vi.advanceTimersByTime(2 ** 31)
  expect(callBack).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1_000)
  expect(callBack).toHaveBeenCalledOnce()
})

test('can be stopped', () => {
  stopTime()
  const callBack = vi.fn()
  whenPassed(minute, callBack)()
  vi.advanceTimersByTime(2 * minute)
  dispatchEvent(new Event('focus'))
  expect(callBack).not.toHaveBeenCalled()
})
