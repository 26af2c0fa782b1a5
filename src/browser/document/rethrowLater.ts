/** Throws an error where `window.onerror` and the console see it, and nothing else is stopped. */
export function rethrowLater(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}
