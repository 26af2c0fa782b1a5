import { describe, expect } from 'vitest'
import { type OpenDemo, test } from '../../support/demo/demoTest.js'

describe.concurrent('an idle page is covered at its deadline', () => {
  test('with the server stopped', async ({ openDemo }) => {
    const open = await openDemo({ tabs: 2 })
    await open.demo.stop()
    await expectCoveredInTime(open)
  })

  test('with the server hung', async ({ openDemo }) => {
    const open = await openDemo({ tabs: 2 })
    open.demo.pause()
    await expectCoveredInTime(open)
  })
})

async function expectCoveredInTime({ tabs, moments, idleSince, hypervisor }: OpenDemo) {
  const due = idleSince + 8_000
  for (const tab of tabs) {
    const covered = await moments.first(tab, 'covered', idleSince)
    expect(covered - due).toBeLessThanOrEqual(250 + hypervisor.took(due, covered))
    expect(covered - due).toBeGreaterThan(-250)

    const notesInReach = await tab.evaluate(() => {
      const notes = document.querySelector('#notes')
      if (!notes) return false
      const { x, y } = notes.getBoundingClientRect()
      return document.elementFromPoint(x + 5, y + 5) === notes
    })
    expect(notesInReach).toBe(false)
  }
}
