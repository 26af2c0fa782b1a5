import { screen } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import type { Cadence } from '../../../src/dialog/warning/cadence.js'
import { advance, idleUntil, press, renderSession } from '../../support/jsdom/renderSession.js'

function region(): Element {
  const region = document.querySelector('[role="alertdialog"] [aria-live]')
  if (!region) throw new Error('The dialog has no live region.')
  return region
}

/** At which seconds before the end something else is said. */
async function spokenAt(cadence: Cadence): Promise<number[]> {
  await renderSession({ cadence })
  const moments: number[] = []
  const spoken = region()
  let before = spoken.textContent
  for (let secondsLeft = 115; secondsLeft > 0; secondsLeft -= 5) {
    await advance(5_000)
    const now = spoken.textContent
    if (now !== before) moments.push(secondsLeft)
    before = now
  }
  return moments
}

describe('when the time is spoken', () => {
  test.each<[string, Cadence, number[]]>([
    ['hmrc', 'hmrc', [60, 40, 20]],
    ['every30s', 'every30s', [90, 60, 30]],
    ['every15s', 'every15s', [105, 90, 75, 60, 45, 30, 15]],
    ['your own', (secondsLeft) => (secondsLeft > 50 ? 2 : 1), [50]],
  ])('by the cadence %s', async (_name, cadence, moments) => {
    expect(await spokenAt(cadence)).toEqual(moments)
  })

  test("not when it opens, because the screen reader reads the dialog's name and description", async () => {
    await renderSession()
    expect(region()).toBeEmptyDOMElement()
  })

  test('once after a sleep, with the time that is left', async () => {
    const { sleep } = await renderSession()
    await sleep(94_000)
    expect(region()).toHaveTextContent("You'll be signed out in 25 seconds.")
  })

  test('politely, and assertively from 20 seconds on', async () => {
    await renderSession()
    await advance(99_000)
    expect(region()).toHaveAttribute('aria-live', 'polite')
    await advance(1_000)
    expect(region()).toHaveAttribute('aria-live', 'assertive')
  })
})

test('a failed extension is spoken, and the time again at its next moment', async () => {
  const { server } = await renderSession()
  server.says = () => Promise.reject(new Error('offline'))
  await press('Stay signed in')
  expect(region()).toHaveTextContent("We couldn't reach the server")
  server.says = idleUntil(600_000)
  await press('Stay signed in')
  expect(screen.queryByRole('alertdialog')).toBeNull()
})
