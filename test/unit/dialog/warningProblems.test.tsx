import { describe, expect, test } from 'vitest'
import type { WarningRenderProps } from '../../../src/index.js'
import { warningProblems } from '../../../src/testing.js'
import { renderSession } from '../../support/jsdom/renderSession.js'

/** One's own warning that does all that is asked, but for what a test takes away. */
const sound = ({ titleId, descriptionId, announcement, secondsLeft }: WarningRenderProps) => (
  <dialog
    open
    aria-modal="true"
    aria-labelledby={titleId}
    aria-describedby={descriptionId}
    tabIndex={-1}
    ref={(element) => element?.focus()}
  >
    <h2 id={titleId}>Still there?</h2>
    <p id={descriptionId}>You will be signed out.</p>
    <p role="timer">{secondsLeft}</p>
    <div aria-live="polite" aria-atomic="true">
      {announcement}
    </div>
    <button type="button">Yes</button>
  </dialog>
)

async function shown(renderWarning?: (warning: WarningRenderProps) => React.ReactNode) {
  await renderSession({ app: <p>Case 4711</p>, ...(renderWarning && { renderWarning }) })
  const dialog = document.querySelector('dialog')
  if (!dialog) throw new Error('There is no warning.')
  return dialog
}

describe('warningProblems checks what keyboards and screen readers need', () => {
  test('the built-in warning has no problem', async () => {
    await shown()
    expect(warningProblems()).toEqual([])
  })

  test.each<[string, (dialog: HTMLDialogElement) => void]>([
    ['aria-modal', (dialog) => dialog.removeAttribute('aria-modal')],
    ['named by a heading', (dialog) => dialog.removeAttribute('aria-labelledby')],
    ['described by a sentence', (dialog) => dialog.setAttribute('aria-describedby', 'nowhere')],
    ['by the countdown', (dialog) => dialog.querySelector('p')?.setAttribute('role', 'timer')],
    ['has the focus', () => (document.activeElement as HTMLElement).blur()],
    ['has a button', (dialog) => dialog.querySelector('button')?.remove()],
    ['disables no button', (dialog) => dialog.querySelector('button')?.toggleAttribute('disabled')],
    ['a live region', (dialog) => dialog.querySelector('[aria-live]')?.remove()],
    ['empty live regions', (dialog) => dialog.querySelector('[aria-live]')?.append('2 minutes')],
    [
      'out of live regions',
      (dialog) => dialog.querySelector('[role]')?.setAttribute('aria-live', 'polite'),
    ],
    [
      'hides nothing',
      (dialog) =>
        dialog
          .querySelector('[aria-live]')
          ?.append(Object.assign(document.createElement('p'), { ariaHidden: 'true' })),
    ],
  ])('and one’s own is told of what it lacks: %s', async (problem, spoil) => {
    const dialog = await shown(sound)
    expect(warningProblems()).toEqual([])
    spoil(dialog)
    expect(warningProblems()).toEqual([expect.stringContaining(problem)])
  })

  test('warningProblems reports a warning that does not make the page inert', async () => {
    await renderSession({
      app: <p>Case 4711</p>,
      renderWarning: () => <div role="dialog">Still there?</div>,
    })
    expect(warningProblems()).toContainEqual(expect.stringContaining('behind it inert'))
  })

  test('warningProblems reports a missing warning', () => {
    expect(warningProblems()).toHaveLength(1)
  })
})
