// The core compiles without the DOM types. AbortController is the one platform type it uses: every
// browser and Node has it, and transports pass its signal to fetch.
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
