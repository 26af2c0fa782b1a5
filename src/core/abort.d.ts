// The core compiles without the DOM's types. Of the platform it knows this much: every browser
// and every Node has it, and transports hand the signal on to fetch.
interface AbortSignal {
  readonly aborted: boolean
}

interface AbortController {
  readonly signal: AbortSignal
  abort(reason?: unknown): void
}

declare var AbortController: {
  prototype: AbortController
  new (): AbortController
}
