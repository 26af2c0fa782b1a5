import { pickCallbacks } from '../core/callbacks.js'
import { collectMistakes, type Mistakes } from '../core/options/optionMistakes.js'
import type { SessionOptions } from '../core/options/options.js'
import { readOptions } from '../core/options/readOptions.js'
import { createRuntime } from '../core/run/createRuntime.js'
import type { Session } from '../core/session.js'
import { decodeAnswer } from '../protocol/decodeAnswer.js'
import type { ActiveVerdict } from '../protocol/verdict.js'
import { adviseDeveloper, adviseOnRefusal } from './adviseDeveloper.js'
import { browserEnvironment } from './browserEnvironment.js'
import { leaveUnasked } from './leaving/leaveUnasked.js'
import type { ActivityOptions } from './ports/input.js'
import { httpTransport } from './requests/httpTransport.js'

/** Options of a session in a browser. */
export interface BrowserSessionOptions extends SessionOptions {
  /** What counts as activity. @default mouse, pointer, touch, wheel, scroll, key, click */
  activity?: ActivityOptions
  /** What the cover says while content is hidden: neutral words. @default 'One moment, please …' */
  coverLabel?: string
}

/**
 * A session made once, outside the components: for interceptors, routers and stores, or without
 * React. It has no side effects until a provider, or `start()`, starts it.
 *
 * @throws one error with the code `invalid-options` that names every mistake and the value received.
 */
export function createBrowserSession(
  options: BrowserSessionOptions,
  mistakes = collectMistakes(),
): Session {
  const { activity = {}, coverLabel = 'One moment, please …', ...sessionOptions } = options
  checkBrowserOptions(activity, coverLabel, mistakes)
  const environment = browserEnvironment({ activity, coverLabel })
  const { config, name } = readOptions(sessionOptions, environment.random(), mistakes)
  mistakes.check()
  adviseDeveloper(config)
  const { endpoint, transport, initialSession } = sessionOptions
  const session = createRuntime(
    {
      config,
      name,
      transport: transport ?? (endpoint === undefined ? null : httpTransport({ url: endpoint })),
      initial: initialSession ? (decodeAnswer(200, initialSession) as ActiveVerdict) : null,
      callbacks: pickCallbacks(sessionOptions),
    },
    environment,
  )
  adviseOnRefusal(session)
  return {
    ...session,
    start: () => {
      const stop = session.start()
      const stopLeaving = leaveUnasked(session)
      return () => {
        stopLeaving()
        stop()
      }
    },
  }
}

function checkBrowserOptions(
  activity: ActivityOptions,
  coverLabel: unknown,
  mistakes: Mistakes,
): void {
  if (typeof coverLabel !== 'string' || coverLabel === '') {
    mistakes.add('coverLabel', 'must be a text that is not empty', coverLabel)
  }
  mistakes.unknown(activity, ['events', 'sources'], 'activity.')
  for (const type of activity.events ?? []) {
    if (typeof type !== 'string') mistakes.add('activity.events', 'must be names of events', type)
  }
  for (const source of activity.sources ?? []) {
    if (typeof source !== 'function') mistakes.add('activity.sources', 'must be functions', source)
  }
}
