import type { Environment, Release } from '../core/environment.js'
import { createAlarm } from './alarm.js'
import { openChannel } from './channel.js'
import { createClock } from './clock.js'
import { openFactStorage } from './factStorage.js'
import { type ActivityOptions, listenForInput } from './inputSource.js'
import { watchPage } from './page.js'
import { createPageCover } from './pageCover.js'
import { createPingMutex } from './pingMutex.js'
import { rendersOnServer } from './rendersOnServer.js'
import { silenceBeforeUnload } from './silenceBeforeUnload.js'

const registry = Symbol.for('react-session-security')

/** The browser, as the core sees it. Touches nothing before it is asked to. */
export function browserEnvironment({ activity, coverLabel }: BrowserOptions): Environment {
  const clock = createClock()
  const cover = createPageCover(coverLabel)
  const scoped = (name: string) => `react-session-security:${name}`
  return {
    clock,
    // Next.js prerenders no page that depends on chance.
    random: rendersOnServer ? () => 0 : () => Math.random(),
    alarm: (ring) => createAlarm(clock, ring),
    channel: (name, receive) => openChannel(scoped(name), receive),
    mutex: (name) => createPingMutex(scoped(name)),
    storage: (name) => openFactStorage(scoped(name)),
    input: (onInput) => listenForInput(clock, activity, cover, onInput),
    page: watchPage,
    cover: cover.set,
    reload: () => {
      // For another person: an app that asks first would keep this one's page.
      silenceBeforeUnload()
      location.reload()
    },
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    reportError: rethrowLater,
    running: runningInDocument(),
  }
}

export interface BrowserOptions {
  activity: ActivityOptions
  coverLabel: string
}

/** Reaches `window.onerror` and the console like any other uncaught error. */
function rethrowLater(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}

/** One registry a document, also where two copies of this library are bundled. */
function runningInDocument(): Map<string, Release> {
  const holder = globalThis as { [registry]?: Map<string, Release> }
  holder[registry] ??= new Map()
  return holder[registry]
}
