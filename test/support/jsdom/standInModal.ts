import { onTestFinished } from 'vitest'

/**
 * jsdom knows `<dialog>`, but not its modal side. Stands in for it until the test is over, and records
 * the dialogs in the order in which they were opened modally.
 */
export function standInModal(): HTMLDialogElement[] {
  const opened: HTMLDialogElement[] = []
  const prototype = HTMLDialogElement.prototype
  const before = Object.getOwnPropertyDescriptors(prototype)
  const define = (name: string, value: (this: HTMLDialogElement) => void) =>
    Object.defineProperty(prototype, name, { configurable: true, writable: true, value })
  define('showModal', function () {
    if (this.open) throw new DOMException('It is open.', 'InvalidStateError')
    this.setAttribute('open', '')
    opened.push(this)
  })
  define('close', function () {
    if (!this.open) return
    this.removeAttribute('open')
  })
  onTestFinished(() => {
    for (const name of ['showModal', 'close']) {
      const descriptor = (before as Record<string, PropertyDescriptor>)[name]
      if (descriptor) Object.defineProperty(prototype, name, descriptor)
      else Reflect.deleteProperty(prototype, name)
    }
  })
  return opened
}
