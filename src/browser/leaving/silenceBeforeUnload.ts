let silences = 0
let speakAgain = () => {}

/**
 * Until the returned function is called, nothing in this document can make the browser ask "Leave this
 * page?".
 *
 * A listener that stops the event is not enough: Chromium calls the window's listeners in the order in
 * which they were added, capturing or not, and the app's may be older. So `preventDefault` and
 * `returnValue` of that event do nothing meanwhile.
 */
export function silenceBeforeUnload(): () => void {
  silences += 1
  if (silences === 1) speakAgain = silence()
  let silent = true
  return () => {
    if (!silent) return
    silent = false
    silences -= 1
    if (silences === 0) speakAgain()
  }
}

function silence(): () => void {
  const stop = (event: Event) => event.stopImmediatePropagation()
  const handler = window.onbeforeunload
  // The browser also asks if this handler returns a value. A handler that is set later runs after `stop`.
  window.onbeforeunload = null
  addEventListener('beforeunload', stop, true)
  const unmute = typeof BeforeUnloadEvent === 'undefined' ? () => {} : mute(BeforeUnloadEvent)
  return () => {
    unmute()
    removeEventListener('beforeunload', stop, true)
    window.onbeforeunload ??= handler
  }
}

function mute({ prototype }: { prototype: BeforeUnloadEvent }): () => void {
  const before = Object.getOwnPropertyDescriptors(prototype)
  const own = (name: 'preventDefault' | 'returnValue', muted: PropertyDescriptor) => {
    Object.defineProperty(prototype, name, { configurable: true, ...muted })
    return () => {
      const descriptor: PropertyDescriptor | undefined = before[name]
      if (descriptor) Object.defineProperty(prototype, name, descriptor)
      else Reflect.deleteProperty(prototype, name)
    }
  }
  const restore = [
    own('preventDefault', { value: () => {}, writable: true }),
    own('returnValue', { get: () => '', set: () => {} }),
  ]
  return () => {
    for (const each of restore) each()
  }
}
