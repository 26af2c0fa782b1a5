import type { Session } from '../core/session.js'

/**
 * Asks before the page is left while a form is changed and neither submitted nor reset. Goes by
 * events, not by values, which in controlled inputs are always the initial ones too.
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
    // Listened for only while needed: some browsers keep such pages out of the back/forward cache.
    if (changed.size === 0) removeEventListener('beforeunload', onLeave)
  }

  function onLeave(event: BeforeUnloadEvent): void {
    const { status, covered } = session.getState()
    if (status === 'expired' || covered) return
    if (![...changed].some((form) => form.isConnected)) return
    event.preventDefault()
    // What browsers asked for before `preventDefault`.
    event.returnValue = true
  }

  document.addEventListener('input', onChange, true)
  document.addEventListener('change', onChange, true)
  document.addEventListener('submit', onDone, true)
  document.addEventListener('reset', onDone, true)
  return () => {
    document.removeEventListener('input', onChange, true)
    document.removeEventListener('change', onChange, true)
    document.removeEventListener('submit', onDone, true)
    document.removeEventListener('reset', onDone, true)
    removeEventListener('beforeunload', onLeave)
  }
}

function formOf(target: EventTarget | null): HTMLFormElement | null {
  if (!(target instanceof Element)) return null
  const { form } = target as Partial<HTMLInputElement>
  return form ?? target.closest('form')
}
