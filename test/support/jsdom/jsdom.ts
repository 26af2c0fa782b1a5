import '@testing-library/jest-dom/vitest'
import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'

// Vitest copies the members of jsdom's window into the global scope, and its fake timers replace the
// copies alone. The document's own window is to follow them.
if (typeof document !== 'undefined') {
  const view = Reflect.get(Document.prototype, 'defaultView', document) as Window
  view.requestAnimationFrame = (callback) => requestAnimationFrame(callback)
  view.cancelAnimationFrame = (handle) => cancelAnimationFrame(handle)
}

afterEach(cleanup)
