import type { BrowserContext, Page } from 'playwright'

/**
 * What somebody in front of a tab sees happen:
 * - `input`: they moved, clicked or typed
 * - `warned`, `warning closed`: the dialog came, or went
 * - `covered`, `uncovered`: the protected content was out of reach, or back
 * - `over`: the expired screen came
 */
export type Happening = 'input' | 'warned' | 'warning closed' | 'covered' | 'uncovered' | 'over'

export interface Moments {
  /** When it happened in this tab, by the wall clock in ms, oldest first. */
  of(page: Page, what: Happening): number[]
  /** The first time that it happened in this tab from `since` on; waits for it. */
  first(page: Page, what: Happening, since?: number): Promise<number>
  /** The last input in any tab. */
  lastInput(): number
}

/** Records the moments inside each page of the context, so that the driver's delay is not measured. */
export async function recordMoments(context: BrowserContext): Promise<Moments> {
  const moments: { page: Page; what: Happening; at: number }[] = []
  const waiting = new Set<() => void>()

  await context.exposeBinding('recordMoment', ({ page }, what: Happening, at: number) => {
    moments.push({ page, what, at })
    for (const look of waiting) look()
  })
  await context.addInitScript(observe)

  function of(page: Page, what: Happening): number[] {
    return moments
      .filter((moment) => moment.page === page && moment.what === what)
      .map((moment) => moment.at)
  }

  function historyOf(page: Page, since: number): string {
    return moments
      .filter((moment) => moment.page === page)
      .map((moment) => `${moment.what} at ${moment.at - since} ms`)
      .join(', ')
  }

  return {
    of,
    first: (page, what, since = 0) =>
      new Promise((resolve, reject) => {
        const tooLate = setTimeout(() => {
          waiting.delete(look)
          reject(new Error(`"${what}" did not happen in 20 s, but: ${historyOf(page, since)}`))
        }, 20_000)
        function look() {
          const at = of(page, what).find((moment) => moment >= since)
          if (at === undefined) return
          clearTimeout(tooLate)
          waiting.delete(look)
          resolve(at)
        }
        waiting.add(look)
        look()
      }),
    lastInput: () =>
      Math.max(...moments.filter((moment) => moment.what === 'input').map((moment) => moment.at)),
  }
}

declare global {
  interface Window {
    recordMoment(what: Happening, at: number): Promise<void>
  }
}

/** Runs in the page, before anything of its own: nothing from this module is in its reach. */
function observe(): void {
  const seen = { warned: false, covered: false, over: false, content: false }

  for (const type of ['mousemove', 'pointerdown', 'keydown'] as const) {
    addEventListener(type, (event) => event.isTrusted && record('input'), { capture: true })
  }
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributeFilter: ['inert', 'open', 'role', 'data-state'],
  })

  function look() {
    const warned = document.querySelector('[role="alertdialog"]') !== null
    if (warned !== seen.warned) record(warned ? 'warned' : 'warning closed')

    const notes = document.querySelector('#notes')
    seen.content ||= notes !== null
    const covered = seen.content && (notes === null || notes.closest('[inert]') !== null)
    if (covered !== seen.covered) record(covered ? 'covered' : 'uncovered')

    const over = [...document.querySelectorAll('button')].some(
      (button) => button.textContent === 'Sign in again',
    )
    if (over && !seen.over) record('over')

    Object.assign(seen, { warned, covered, over })
  }

  function record(what: Happening) {
    const at = Date.now()
    // The driver's own work comes after what is measured: ten tabs share two cores with it.
    setTimeout(() => void window.recordMoment(what, at), 300)
  }
}
