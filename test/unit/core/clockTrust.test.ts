import { expect, test } from 'vitest'
import {
  isAnswerTrusted,
  isFromFuture,
  isMessageTrusted,
  isSetBackAgain,
} from '../../../src/core/decide/clockTrust.js'

const never = { setBackAt: -Infinity, leaptAt: -Infinity }

test('facts from more than a second in the future were written before the clock was set back', () => {
  expect(isFromFuture(5_000, 4_000)).toBe(false)
  expect(isFromFuture(5_000, 3_999)).toBe(true)
})

test('a message is trusted again one second after the clock was set back', () => {
  const changes = { setBackAt: 10_000, leaptAt: -Infinity }
  expect(isMessageTrusted(10_999, changes, true)).toBe(false)
  expect(isMessageTrusted(11_000, changes, true)).toBe(true)
  expect(isMessageTrusted(0, never, true)).toBe(true)
})

test('a message from before a leap is trusted only if there is no server to ask', () => {
  const changes = { setBackAt: -Infinity, leaptAt: 10_000 }
  expect(isMessageTrusted(9_999, changes, true)).toBe(false)
  expect(isMessageTrusted(10_000, changes, true)).toBe(true)
  expect(isMessageTrusted(9_999, changes, false)).toBe(true)
})

test('an answer is trusted if the clock was not set back after the request was sent', () => {
  expect(isAnswerTrusted(10_000, never)).toBe(true)
  expect(isAnswerTrusted(10_000, { setBackAt: 10_000, leaptAt: 10_000 })).toBe(true)
  expect(isAnswerTrusted(9_999, { setBackAt: 10_000, leaptAt: 10_000 })).toBe(false)
})

test('each step back of the clock is noticed once', () => {
  const changes = { setBackAt: 10_000, leaptAt: 10_000 }
  expect(isSetBackAgain(-Infinity, changes)).toBe(true)
  expect(isSetBackAgain(10_000, changes)).toBe(false)
  expect(isSetBackAgain(-Infinity, never)).toBe(false)
})
