import { act } from '@testing-library/react'
import { onTestFinished, vi } from 'vitest'

/** In ms. Alarms are armed by messages, which arrive between two steps. */
const step = 250

/** Both clocks and all timers stand still, but for {@link pass}, until the test is over. */
export function stopTime(): void {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  })
  onTestFinished(() => {
    vi.useRealTimers()
  })
}

/** Lets `ms` pass, with all that is due meanwhile: messages, answers, renders. */
export async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= step) {
    await act(async () => {
      vi.advanceTimersByTime(Math.min(step, left))
      await breathe()
    })
  }
}

async function breathe(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
