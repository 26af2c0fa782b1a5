import { call, listen, read } from '../../browser/document/dom.js'
import type { Session } from '../../core/session.js'

/**
 * Makes the browser ask before the page is left if a form was changed and neither submitted nor
 * reset. It watches events, not values: a controlled input's value always equals its initial value.
 */
export function watchForms(session: Session): () => void {
  const changed = new Set<HTMLFormElement>()

  function onChange({ target }: Event): void {
    const form = formOf(target)
    if (!form) return
    changed.add(form)
    addEventListener('beforeunload', onLeave)
  }

  function onDone({ target }: Event): void {
    if (target instanceof HTMLFormElement) changed.delete(target)
    // Remove the listener when it is not needed: with it some browsers skip the back/forward cache.
    if (changed.size === 0) removeEventListener('beforeunload', onLeave)
  }

  function onLeave(event: BeforeUnloadEvent): void {
    const { status, covered } = session.getState()
    if (status === 'expired' || covered) return
    if (![...changed].some((form) => read(form, 'isConnected'))) return
    event.preventDefault()
    // Older browsers need this instead of `preventDefault`.
    event.returnValue = true
  }

  const stops = [
    listen(document, 'input', onChange, { capture: true }),
    listen(document, 'change', onChange, { capture: true }),
    listen(document, 'submit', onDone, { capture: true }),
    listen(document, 'reset', onDone, { capture: true }),
  ]
  return () => {
    for (const stop of stops) stop()
    removeEventListener('beforeunload', onLeave)
  }
}

function formOf(target: EventTarget | null): HTMLFormElement | null {
  if (!(target instanceof Element)) return null
  const { form } = target as Partial<HTMLInputElement>
  if (form && !(target instanceof HTMLFormElement)) return form
  return call(target, 'closest', 'form') as HTMLFormElement | null
}
