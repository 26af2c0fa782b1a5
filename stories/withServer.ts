import type { StoryContext } from '@storybook/react-vite'
import { type MockServer, type MockServerOptions, mockServer } from '../src/msw.js'

export interface Played extends Pick<StoryContext, 'canvas'> {
  server: MockServer
}

/** A story with a server of its own: the stories of one page share a document. */
export function withServer<Args = StoryContext['args']>(
  endpoint: string,
  options: MockServerOptions | ((args: Args) => MockServerOptions),
  play: (played: Played) => Promise<void>,
) {
  let server: MockServer | null = null
  return {
    args: { endpoint },
    beforeEach({ msw, args }: Pick<StoryContext<Args>, 'msw' | 'args'>) {
      localStorage.clear()
      const chosen = typeof options === 'function' ? options(args) : options
      server = mockServer({ url: endpoint, ...chosen })
      msw.use(...server.handlers)
    },
    async play({ canvas }: StoryContext) {
      if (server) await play({ canvas, server })
    },
  }
}

/** Idle for eight minutes of ten: the warning comes at once, with two minutes to answer. */
export const warning = { idleFor: 482_000 } satisfies MockServerOptions

/** The session's age ends it in five minutes. */
export const nearItsLimit = {
  policy: { absoluteTimeout: 8 * 3_600_000 },
  age: 8 * 3_600_000 - 298_000,
} satisfies MockServerOptions

/** Over in three seconds. */
export const lastSeconds = {
  policy: { warnAfter: 480_000, expireAfter: 483_500 },
  idleFor: 480_500,
} satisfies MockServerOptions
