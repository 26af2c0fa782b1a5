/** What is asked of a warning, and whether this one does it. */
type Rule = readonly [asked: string, holds: (dialog: Element) => boolean]

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
    'is not named or described by the countdown, which would be read anew each second',
    (dialog) =>
      [...named(dialog, 'aria-labelledby'), ...named(dialog, 'aria-describedby')].every(
        (element) => !element.closest(timer) && !element.querySelector(timer),
      ),
  ],
  [
    'has the focus, on itself or on something in it (WCAG 2.4.3)',
    (dialog) => dialog.contains(dialog.ownerDocument.activeElement),
  ],
  [
    'makes what is beneath inert, or hides it from assistive technology (WCAG 2.4.3)',
    (dialog) => isModal(dialog) || beside(dialog).every(isOutOfReach),
  ],
  ['has a button with a name (WCAG 2.2.1)', (dialog) => buttonsOf(dialog).some(isNamed)],
  [
    'disables no button: one that has the focus would lose it; use aria-disabled',
    (dialog) => buttonsOf(dialog).every((button) => !button.matches(':disabled')),
  ],
  [
    'holds a live region with aria-live and aria-atomic (WCAG 4.1.3)',
    (dialog) => liveIn(dialog).some((region) => region.getAttribute('aria-atomic') === 'true'),
  ],
  [
    'has nothing in its live regions on opening, when the dialog is read by itself',
    (dialog) => liveIn(dialog).every((region) => !hasText(region)),
  ],
  [
    'keeps the countdown out of live regions, where it would speak each second',
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
/** A countdown that is one by mistake has a rule of its own. */
const live = ':is([aria-live="polite"], [aria-live="assertive"]):not([role="timer"])'

/**
 * Holds a warning of your own (`renderWarning`) against what keyboards and screen readers need of
 * it, as the guide to the dialog has it. Call it in a test right after the warning has opened, in
 * jsdom or in a browser. It sees what stands in the document: not what Escape does, what is spoken
 * later, how it looks, or what axe finds.
 *
 * @param page Where the warning is. @default document
 * @returns a sentence for each point that is missed; empty where none is
 */
export function warningProblems(page: ParentNode = document): string[] {
  const dialog = page.querySelector('[role="alertdialog"], [role="dialog"], dialog[open]')
  if (!dialog) return ['There is no element with role="alertdialog" or role="dialog".']
  return rules
    .filter(([, holds]) => !holds(dialog))
    .map(([asked]) => `Not met: the warning ${asked}.`)
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

/** A timer is silent by its role, unless something else is said. */
function isSilent(element: Element): boolean {
  return (element.getAttribute('aria-live') ?? 'off') === 'off'
}

/** jsdom has native dialogs that are never modal: there is nothing to judge by. */
function isModal(dialog: Element): boolean {
  if (!(dialog instanceof HTMLDialogElement)) return false
  return !('showModal' in dialog) || dialog.matches(':modal')
}

/** Everything beside the dialog and beside what it stands in. */
function beside(dialog: Element): Element[] {
  const { parentElement } = dialog
  if (!parentElement || dialog.matches('body')) return []
  const others = [...parentElement.children].filter((element) => element !== dialog)
  return [...others, ...beside(parentElement)]
}

function isOutOfReach(element: Element): boolean {
  return element.closest('[inert], [aria-hidden="true"]') !== null || !hasText(element)
}
