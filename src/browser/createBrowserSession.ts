import { pickCallbacks } from '../core/callbacks.js'
import type { SessionOptions } from '../core/options/options.js'
import { readOptions } from '../core/options/readOptions.js'
import { createRuntime } from '../core/run/createRuntime.js'
import type { Session } from '../core/session.js'
import { collectMistakes, type Mistakes } from '../options/optionMistakes.js'
import { anObject, aText, checkRules, type Rule, type Rules } from '../options/rules.js'
import { decodeAnswer } from '../protocol/decodeAnswer.js'
import type { ActiveVerdict } from '../protocol/verdict.js'
import { adviseDeveloper, adviseOnRefusal } from './adviseDeveloper.js'
import { browserEnvironment } from './browserEnvironment.js'
import { leaveUnasked } from './leaving/leaveUnasked.js'
import type { ActivityOptions } from './ports/input.js'
import { httpTransport } from './requests/httpTransport.js'

/** Options of a session in a browser. */
export interface BrowserSessionOptions extends SessionOptions {
  /** What counts as activity. @default mouse, pointer, touch, wheel, scroll, key and click events */
  activity?: ActivityOptions
  /** Neutral text on the cover while content is hidden. @default 'One moment, please …' */
  coverLabel?: string
}

/**
 * Creates a session outside React components, for interceptors, routers and stores, or without React.
 * It has no side effects until a provider, or `start()`, starts it.
 *
 * @throws one error with the code `invalid-options` that names every mistake.
 */
export function createBrowserSession(
  options: BrowserSessionOptions,
  mistakes = collectMistakes(),
): Session {
  const { activity = {}, coverLabel = 'One moment, please …', ...sessionOptions } = options
  checkBrowserOptions({ activity, coverLabel }, mistakes)
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

type BrowserOptions = Omit<BrowserSessionOptions, keyof SessionOptions>

const rules: Rules<BrowserOptions> = { activity: anObject, coverLabel: aText }

const listOf = (type: 'string' | 'function', must: string): Rule => ({
  must,
  accepts: (value) => Array.isArray(value) && value.every((each) => typeof each === type),
})

const activityRules: Rules<ActivityOptions> = {
  events: listOf('string', 'must be a list of names of events'),
  sources: listOf('function', 'must be a list of functions'),
}

function checkBrowserOptions(options: BrowserOptions, mistakes: Mistakes): void {
  checkRules(options, rules, mistakes)
  const { activity } = options
  if (!anObject.accepts(activity)) return
  mistakes.unknown({ ...activity }, Object.keys(activityRules), 'activity.')
  checkRules({ ...activity }, activityRules, mistakes, { path: 'activity.' })
}
