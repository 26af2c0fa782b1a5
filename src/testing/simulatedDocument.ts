import { pickCallbacks } from '../core/callbacks.js'
import { combineClocks } from '../core/combineClocks.js'
import type { SessionOptions } from '../core/options/options.js'
import { readOptions } from '../core/options/readOptions.js'
import { createRuntime } from '../core/run/createRuntime.js'
import type { Environment, PageEvent } from '../core/run/environment.js'
import { collectMistakes } from '../options/optionMistakes.js'
import type { Transport } from '../protocol/transport.js'
import type { Random } from './random.js'
import type { Schedule } from './schedule.js'
import type { SimulatedBrowser } from './simulatedBrowser.js'

/** What all tabs of a simulation share. */
export interface World {
  schedule: Schedule
  browser: SimulatedBrowser
  random: Random
  transport: Transport | null
  options: () => SessionOptions
}

/** Runs a task of a document while its tab runs, but never after the document is gone. */
type Task = (owner: { gone: boolean }, run: () => void) => void

/** Loads a document with a session, which runs until the document is left. */
export function loadDocument(
  { schedule, browser, random, transport, options }: World,
  task: Task,
  onReload: () => void,
) {
  const owner = { gone: false }
  const loadedAt = schedule.now() - browser.sleptFor
  const wall = () => schedule.now() + browser.wallOffset
  const monotonic = () => schedule.now() - browser.sleptFor - loadedAt
  const clock = { ...combineClocks(wall, monotonic), wall, pageStart: () => 0 }
  const timers = new Set<() => void>()
  const pages = new Set<(event: PageEvent) => void>()
  let timersSet = 0
  let dispatchInput: ((at: number) => number) | null = null
  let heldBack: number | null = null
  let throttledUntil = Number.NEGATIVE_INFINITY

  const environment: Environment = {
    clock,
    random,
    alarm: (ring) => {
      let cancel: (() => void) | null = null
      const disarm = () => {
        if (cancel) timers.delete(cancel)
        cancel?.()
        cancel = null
      }
      return {
        set: (moment) => {
          disarm()
          if (moment === null) return
          // Like real timers: mostly late, sometimes a little early.
          const delay = moment - clock.now() + (random() < 0.1 ? -1 : random() * 10)
          const forget = schedule.add(delay, () =>
            task(owner, () => {
              if (cancel !== forget) return
              disarm()
              ring()
            }),
          )
          cancel = forget
          timers.add(forget)
          timersSet += 1
        },
      }
    },
    channel: (name, receive) => browser.openPort(name, (data) => task(owner, () => receive(data))),
    mutex: (name) => ({
      tryRun: async (run) => {
        if (browser.locks.has(name)) return false
        browser.locks.set(name, owner)
        await run()
        schedule.add(50, () => task(owner, () => release(name)))
        return true
      },
      close: () => release(name),
    }),
    storage: (name) => ({
      load: () => JSON.parse(browser.storage.get(name) ?? 'null'),
      save: (value) => browser.storage.set(name, JSON.stringify(value)),
      clear: () => browser.storage.delete(name),
    }),
    input: (onInput) => {
      dispatchInput = onInput
      return {
        take: () => {
          const at = heldBack
          heldBack = null
          return at
        },
        stop: () => {
          dispatchInput = null
        },
      }
    },
    page: (on) => {
      pages.add(on)
      return () => pages.delete(on)
    },
    cover: () => {},
    reload: onReload,
    pause: (ms) =>
      new Promise((resolve) => schedule.add(ms, () => task(owner, () => resolve(undefined)))),
    reportError: (error) => {
      throw error
    },
    running: new Map(),
  }

  function release(name: string): void {
    if (browser.locks.get(name) === owner) browser.locks.delete(name)
  }

  const given = options()
  const mistakes = collectMistakes('the simulation')
  const { config, name } = readOptions(given, random(), mistakes)
  mistakes.check()
  const callbacks = pickCallbacks(given)
  const tabTransport = transport && inTab(transport, owner, task)
  const session = createRuntime(
    { config, name, transport: tabTransport, initial: null, callbacks },
    environment,
  )
  session.start()

  return {
    session,
    armedTimers: () => timers.size,
    timersSet: () => timersSet,
    fire: (event: PageEvent) => {
      for (const on of pages) on(event)
    },
    input: () => {
      const at = monotonic()
      if (at < throttledUntil) {
        heldBack = clock.momentOf(at)
        return
      }
      heldBack = null
      throttledUntil = at + (dispatchInput?.(clock.momentOf(at)) ?? 0)
    },
    leave: () => {
      owner.gone = true
      for (const name of browser.locks.keys()) release(name)
    },
  }
}

/** Wraps a transport so that answers reach a tab only while it runs. */
function inTab(transport: Transport, owner: { gone: boolean }, task: Task): Transport {
  function guarded<Result>(work: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      work.then(
        (result) => task(owner, () => resolve(result)),
        (error) => task(owner, () => reject(error)),
      )
    })
  }
  return {
    ask: (request) => guarded(transport.ask(request)),
    end: (request) => guarded(Promise.resolve(transport.end?.(request)) as Promise<undefined>),
  }
}
