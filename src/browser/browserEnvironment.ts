import type { Environment, Release } from '../core/run/environment.js'
import { createPageCover } from './cover/pageCover.js'
import { rendersOnServer } from './document/rendersOnServer.js'
import { rethrowLater } from './document/rethrowLater.js'
import { silenceBeforeUnload } from './leaving/silenceBeforeUnload.js'
import { createAlarm } from './ports/alarm.js'
import { openChannel } from './ports/channel.js'
import { createClock } from './ports/clock.js'
import { type ActivityOptions, listenForInput } from './ports/input.js'
import { createPingMutex } from './ports/mutex.js'
import { watchPage } from './ports/page.js'
import { openFactStorage } from './ports/storage.js'

const registry = Symbol.for('react-session-security')

/** The environment of a session in a browser. It touches nothing before the core asks it to. */
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
      // Another person is signed in: the app must not keep this page by asking first.
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

/** One registry per document, even if two copies of this library are bundled. */
function runningInDocument(): Map<string, Release> {
  const holder = globalThis as { [registry]?: Map<string, Release> }
  holder[registry] ??= new Map()
  return holder[registry]
}
