import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { stayOnTop } from '../../../src/dialog/modal/stayOnTop.js'
import { standInModal } from '../../support/jsdom/standInModal.js'

beforeEach(() => {
  document.body.innerHTML = '<input id="field">'
  return () => {
    document.body.innerHTML = ''
  }
})

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
const field = () => document.getElementById('field') as HTMLInputElement

function dialogWith(html = '<h2>About to end</h2><button data-part="stay">Stay</button>') {
  const dialog = document.createElement('dialog')
  dialog.tabIndex = -1
  dialog.innerHTML = html
  document.body.append(dialog)
  return dialog
}

function open(dialog: HTMLDialogElement, onCovering = () => {}) {
  const stop = stayOnTop(dialog, onCovering)
  onTestFinished(stop)
  return stop
}

test('opens modally with the next frame, and takes the focus itself', async () => {
  const opened = standInModal()
  const dialog = dialogWith()
  const onCovering = vi.fn()
  open(dialog, onCovering)
  expect(opened).toEqual([])
  await frame()
  expect(opened).toEqual([dialog])
  expect(dialog).toHaveFocus()
  expect(onCovering).toHaveBeenCalledTimes(1)
})

test('puts the focus on the stay button if the dialog asks for it', async () => {
  standInModal()
  const dialog = dialogWith()
  dialog.dataset.initialFocus = 'stay'
  open(dialog)
  await frame()
  expect(dialog.querySelector('button')).toHaveFocus()
})

test('puts the focus on the dialog if there is no stay button', async () => {
  standInModal()
  const dialog = dialogWith('<h2>About to end</h2>')
  dialog.dataset.initialFocus = 'stay'
  open(dialog)
  await frame()
  expect(dialog).toHaveFocus()
})

test('does not open if it is stopped before the frame', async () => {
  const opened = standInModal()
  open(dialogWith())()
  await frame()
  expect(opened).toEqual([])
})

test('opens at once where dialogs are never modal', async () => {
  const dialog = dialogWith()
  open(dialog)
  await Promise.resolve()
  expect(dialog.open).toBe(true)
  expect(dialog).toHaveFocus()
})

test('comes back on top, with its focus, when another dialog opens', async () => {
  const opened = standInModal()
  const dialog = dialogWith()
  const onCovering = vi.fn()
  open(dialog, onCovering)
  await frame()
  const button = dialog.querySelector('button')
  button?.focus()
  const toggle = Object.assign(new Event('toggle'), { newState: 'open' })
  field().dispatchEvent(toggle)
  await frame()
  await frame()
  expect(opened).toEqual([dialog, dialog])
  expect(button).toHaveFocus()
  expect(onCovering).toHaveBeenCalledTimes(1)
})

test('takes the focus back from what opened above it', async () => {
  standInModal()
  const dialog = dialogWith()
  const onCovering = vi.fn()
  open(dialog, onCovering)
  await frame()
  field().focus()
  field().dispatchEvent(Object.assign(new Event('toggle'), { newState: 'open' }))
  await frame()
  await frame()
  expect(dialog).toHaveFocus()
  expect(onCovering).toHaveBeenCalledTimes(2)
})

test('does not come back after it was stopped', async () => {
  const opened = standInModal()
  const dialog = dialogWith()
  const stop = open(dialog)
  await frame()
  stop()
  field().dispatchEvent(Object.assign(new Event('toggle'), { newState: 'open' }))
  dialog.close()
  dialog.dispatchEvent(new Event('close'))
  await frame()
  await frame()
  expect(opened).toHaveLength(1)
})

test('opens again at once when the browser closes it', async () => {
  const opened = standInModal()
  const dialog = dialogWith()
  open(dialog)
  await frame()
  dialog.close()
  dialog.dispatchEvent(new Event('close'))
  expect(opened).toHaveLength(2)
})

test('stays as it is when a close event comes while it is open', async () => {
  const opened = standInModal()
  const dialog = dialogWith()
  open(dialog)
  await frame()
  dialog.dispatchEvent(new Event('close'))
  expect(opened).toHaveLength(1)
})

test('makes its parts inert only while it opens, and leaves inert what was', async () => {
  const opened = standInModal()
  const dialog = dialogWith('<p inert></p><button>Stay</button>')
  const inertWhileOpening: boolean[] = []
  const showModal = dialog.showModal
  dialog.showModal = function () {
    inertWhileOpening.push(...[...dialog.children].map((part) => part.hasAttribute('inert')))
    showModal.call(this)
  }
  Object.setPrototypeOf(dialog, Object.create(Object.getPrototypeOf(dialog)))
  open(dialog)
  await frame()
  expect(opened).toHaveLength(1)
  expect(inertWhileOpening).toEqual([true, true])
  expect([...dialog.children].map((part) => part.hasAttribute('inert'))).toEqual([true, false])
})

test("takes back what another dialog library hides, and leaves the dialog's own aria-hidden", async () => {
  standInModal()
  const dialog = dialogWith('<h2 id="title">Title</h2><span id="icon"></span>')
  open(dialog)
  await frame()
  const title = dialog.querySelector('#title') as HTMLElement
  const icon = dialog.querySelector('#icon') as HTMLElement
  dialog.setAttribute('aria-hidden', 'true')
  title.setAttribute('data-aria-hidden', 'true')
  title.setAttribute('aria-hidden', 'true')
  icon.setAttribute('aria-hidden', 'true')
  await Promise.resolve()
  expect(dialog).not.toHaveAttribute('aria-hidden')
  expect(title).not.toHaveAttribute('aria-hidden')
  expect(icon).toHaveAttribute('aria-hidden')
})
