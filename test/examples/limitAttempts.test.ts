import { expect, test } from 'vitest'
import { limitAttempts } from '../../examples/limitAttempts.js'

function counted(maxKeys = 100) {
  let time = 0
  const limit = limitAttempts({ attempts: 3, refillEvery: 10_000, maxKeys, now: () => time })
  const tryOnce = (key: string) => {
    const wait = limit.secondsToWait(key)
    if (wait === 0) limit.take(key)
    return wait
  }
  const pass = (ms: number) => {
    time += ms
  }
  return { ...limit, tryOnce, pass }
}

test('lets a few attempts pass at once, and then one in each interval', () => {
  const { tryOnce, pass } = counted()
  expect(['ada', 'ada', 'ada', 'ada'].map(tryOnce)).toEqual([0, 0, 0, 10])
  pass(4_000)
  expect(tryOnce('ada')).toBe(6)
  pass(6_000)
  expect(['ada', 'ada'].map(tryOnce)).toEqual([0, 10])
  pass(1_000_000)
  expect(['ada', 'ada', 'ada', 'ada'].map(tryOnce)).toEqual([0, 0, 0, 10])
})

test('counts each key for itself', () => {
  const { tryOnce } = counted()
  expect(['ada', 'ada', 'ada', 'bob', 'ada'].map(tryOnce)).toEqual([0, 0, 0, 0, 10])
})

test('does not count what was given back', () => {
  const { tryOnce, giveBack } = counted()
  for (let time = 0; time < 20; time += 1) {
    expect(tryOnce('ada')).toBe(0)
    giveBack('ada')
  }
})

test('keeps a count however many other keys come', () => {
  const { tryOnce, pass, secondsToWait } = counted(50)
  for (let time = 0; time < 3; time += 1) tryOnce('ada')
  for (let other = 0; other < 1_000; other += 1) tryOnce(`other ${other}`)
  expect(secondsToWait('ada')).toBe(10)
  pass(1_000_000)
  expect(tryOnce('somebody new')).toBe(0)
})
