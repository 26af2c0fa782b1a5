/** What a warning needs, as the end of the sentence "the warning …", and a test of it. */
type Rule = readonly [need: string, isMet: (dialog: Element) => boolean]

const rules: readonly Rule[] = [
  [
    'has aria-modal="true" (WAI-ARIA Authoring Practices, alert dialog)',
    (dialog) => dialog.getAttribute('aria-modal') === 'true',
  ],
  [
    'is named by a heading through aria-labelledby (WCAG 4.1.2)',
    (dialog) => named(dialog, 'aria-labelledby').some((element) => element.matches(heading)),
  ],
  [
    'is described by a sentence through aria-describedby (WAI-ARIA Authoring Practices, alert dialog)',
    (dialog) => named(dialog, 'aria-describedby').some(hasText),
  ],
  [
    'is not named or described by the countdown, which would be read again each second',
    (dialog) =>
      [...named(dialog, 'aria-labelledby'), ...named(dialog, 'aria-describedby')].every(
        (element) => !element.closest(timer) && !element.querySelector(timer),
      ),
  ],
  [
    'has the focus, on itself or on an element in it (WCAG 2.4.3)',
    (dialog) => dialog.contains(dialog.ownerDocument.activeElement),
  ],
  [
    'makes the page behind it inert, or hides it from assistive technology (WCAG 2.4.3)',
    (dialog) => isModal(dialog) || beside(dialog).every(isOutOfReach),
  ],
  ['has a button with a name (WCAG 2.2.1)', (dialog) => buttonsOf(dialog).some(isNamed)],
  [
    'disables no button, because a focused one would lose the focus; use aria-disabled',
    (dialog) => buttonsOf(dialog).every((button) => !button.matches(':disabled')),
  ],
  [
    'holds a live region with aria-live and aria-atomic (WCAG 4.1.3)',
    (dialog) => liveIn(dialog).some((region) => region.getAttribute('aria-atomic') === 'true'),
  ],
  [
    'has empty live regions when it opens, because the dialog itself is read then',
    (dialog) => liveIn(dialog).every((region) => !hasText(region)),
  ],
  [
    'keeps the countdown out of live regions, where it would be read each second',
    (dialog) =>
      [...dialog.querySelectorAll(timer)].every(
        (element) => isSilent(element) && !element.parentElement?.closest(live),
      ),
  ],
  [
    'hides nothing in a live region from assistive technology',
    (dialog) => liveIn(dialog).every((region) => !region.querySelector('[aria-hidden="true"]')),
  ],
]

const heading = 'h1, h2, h3, h4, h5, h6, [role="heading"]'
const timer = '[role="timer"]'
/** Without timers: a countdown that is a live region by mistake has its own rule. */
const live = ':is([aria-live="polite"], [aria-live="assertive"]):not([role="timer"])'

/**
 * Checks your own warning (`renderWarning`) for what keyboards and screen readers need, as
 * described in the dialog guide. Call it in a test right after the warning has opened, in jsdom or
 * in a browser. It only checks the document as it is then: not what Escape does, what is announced
 * later, how the warning looks, or what axe finds.
 *
 * @param page Where the warning is. @default document
 * @returns one sentence for each need that is not met; empty if all are met
 */
export function warningProblems(page: ParentNode = document): string[] {
  const dialog = page.querySelector('[role="alertdialog"], [role="dialog"], dialog[open]')
  if (!dialog) return ['There is no element with role="alertdialog" or role="dialog".']
  return rules
    .filter(([, isMet]) => !isMet(dialog))
    .map(([need]) => `Not met: the warning ${need}.`)
}

function named(dialog: Element, attribute: string): Element[] {
  const ids = dialog.getAttribute(attribute)?.split(/\s+/) ?? []
  return ids
    .map((id) => dialog.ownerDocument.getElementById(id))
    .filter((element) => element !== null)
}

function hasText(element: Element): boolean {
  return element.textContent.trim() !== ''
}

function buttonsOf(dialog: Element): Element[] {
  return [...dialog.querySelectorAll('button, [role="button"]')]
}

function isNamed(button: Element): boolean {
  return hasText(button) || button.hasAttribute('aria-label')
}

function liveIn(dialog: Element): Element[] {
  return [...dialog.querySelectorAll(live)]
}

/** The role `timer` is silent, unless `aria-live` says otherwise. */
function isSilent(element: Element): boolean {
  return (element.getAttribute('aria-live') ?? 'off') === 'off'
}

/** jsdom has no `showModal`, so there is no way to see whether a native dialog is modal. */
function isModal(dialog: Element): boolean {
  if (!(dialog instanceof HTMLDialogElement)) return false
  return !('showModal' in dialog) || dialog.matches(':modal')
}

/** The siblings of the dialog and of its ancestors. */
function beside(dialog: Element): Element[] {
  const { parentElement } = dialog
  if (!parentElement || dialog.matches('body')) return []
  const others = [...parentElement.children].filter((element) => element !== dialog)
  return [...others, ...beside(parentElement)]
}

function isOutOfReach(element: Element): boolean {
  return element.closest('[inert], [aria-hidden="true"]') !== null || !hasText(element)
}
