import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { activityMessage, announceActivity } from '../../../src/browser/sources/announceActivity.js'
import { foreignFrame } from '../../../src/browser/sources/foreignFrame.js'
import { playingMedia } from '../../../src/browser/sources/playingMedia.js'
import { sameOriginFrames } from '../../../src/browser/sources/sameOriginFrames.js'

const page = { label: '', follow: () => () => {} }
const origin = 'https://forms.example'
let frame: HTMLIFrameElement

beforeEach(() => {
  frame = document.createElement('iframe')
  document.body.append(frame)
})
afterEach(() => {
  document.body.innerHTML = ''
})

interface SeenEvent {
  type: string
  isTrusted?: boolean
  timeStamp?: number
}

/** jsdom marks no event as trusted. So this takes the listeners, and hands them what a browser would. */
function takeListeners(target: EventTarget) {
  const listeners = new Map<string, Set<(event: Event) => void>>()
  const add = vi.fn((type: string, listener: (event: Event) => void) => {
    listeners.set(type, (listeners.get(type) ?? new Set()).add(listener))
  })
  const remove = vi.fn((type: string, listener: (event: Event) => void) => {
    listeners.get(type)?.delete(listener)
  })
  // The listeners of a window are added through its prototype, or through itself.
  for (const of of [target, Object.getPrototypeOf(target)]) {
    Object.defineProperty(of, 'addEventListener', {
      value: add,
      configurable: true,
      writable: true,
    })
    Object.defineProperty(of, 'removeEventListener', {
      value: remove,
      configurable: true,
      writable: true,
    })
  }
  return ({ type, isTrusted = true, timeStamp = 0 }: SeenEvent) => {
    for (const listener of listeners.get(type) ?? [])
      listener({ type, isTrusted, timeStamp } as Event)
  }
}

describe('a frame of another origin', () => {
  const message = (init: MessageEventInit & { at?: number }) => {
    const { at = 10_000, ...rest } = init
    const event = new MessageEvent('message', {
      data: activityMessage,
      origin,
      source: frame.contentWindow,
      ...rest,
    })
    Object.defineProperty(event, 'timeStamp', { value: at })
    dispatchEvent(event)
  }

  test('counts if it is the named one and says the agreed word', () => {
    const recordActivity = vi.fn()
    const stop = foreignFrame({ origin, frame: () => frame })(recordActivity, page)
    message({})
    expect(recordActivity).toHaveBeenCalledTimes(1)
    message({ at: 20_000, origin: 'https://evil.example' })
    message({ at: 20_000, data: 'activity' })
    message({ at: 20_000, source: window })
    message({ at: 20_000, source: null })
    expect(recordActivity).toHaveBeenCalledTimes(1)
    message({ at: 20_000 })
    expect(recordActivity).toHaveBeenCalledTimes(2)
    stop()
    message({ at: 30_000 })
    expect(recordActivity).toHaveBeenCalledTimes(2)
  })

  test('counts at most once per second', () => {
    const recordActivity = vi.fn()
    const stop = foreignFrame({ origin, frame: () => frame })(recordActivity, page)
    for (const at of [1_000, 1_999, 2_000]) message({ at })
    expect(recordActivity).toHaveBeenCalledTimes(2)
    stop()
  })

  test('counts for nothing while it is not there', () => {
    const recordActivity = vi.fn()
    const stop = foreignFrame({ origin, frame: () => null })(recordActivity, page)
    message({})
    message({ source: null })
    expect(recordActivity).not.toHaveBeenCalled()
    stop()
  })

  test.each(['*', 'https://*.example', 'forms.example', 'https://forms.example/', ''])(
    'cannot be named by %j',
    (wrong) => {
      expect(() => foreignFrame({ origin: wrong, frame: () => frame })).toThrow(
        `foreignFrame needs an exact origin, such as "https://forms.example"; received ${JSON.stringify(wrong)}.`,
      )
    },
  )
})

describe('announceActivity', () => {
  test('tells the page around it of real input, at most once per second', () => {
    const post = vi.spyOn(window.parent, 'postMessage').mockImplementation(() => {})
    const listening = vi.spyOn(window, 'addEventListener')
    const stop = announceActivity(origin)
    const [, onInput] = listening.mock.calls[0] ?? []
    const see = ({ type, isTrusted = true, timeStamp = 0 }: SeenEvent) =>
      (onInput as (event: Event) => void)({ type, isTrusted, timeStamp } as Event)
    const types = listening.mock.calls.map(([type]) => type)
    expect(types).toContain('keydown')
    expect(types).not.toContain('scroll')
    see({ type: 'keydown', timeStamp: 1_000 })
    expect(post).toHaveBeenLastCalledWith(activityMessage, origin)
    see({ type: 'mousemove', timeStamp: 1_999 })
    see({ type: 'keydown', timeStamp: 5_000, isTrusted: false })
    expect(post).toHaveBeenCalledTimes(1)
    see({ type: 'click', timeStamp: 2_000 })
    expect(post).toHaveBeenCalledTimes(2)
    const removing = vi.spyOn(window, 'removeEventListener')
    stop()
    expect(removing.mock.calls.map(([type, listener]) => [type, listener])).toEqual(
      types.map((type) => [type, onInput]),
    )
    listening.mockRestore()
    removing.mockRestore()
    post.mockRestore()
  })
})

describe('frames of the same origin', () => {
  const listenersOf = () => takeListeners(frame.contentWindow as Window)

  test('count, but not when they scroll or a script makes the event', () => {
    const see = listenersOf()
    const recordActivity = vi.fn()
    const stop = sameOriginFrames()(recordActivity, page)
    see({ type: 'keydown' })
    expect(recordActivity).toHaveBeenCalledTimes(1)
    see({ type: 'scroll' })
    see({ type: 'keydown', isTrusted: false })
    expect(recordActivity).toHaveBeenCalledTimes(1)
    stop()
    see({ type: 'keydown' })
    expect(recordActivity).toHaveBeenCalledTimes(1)
  })

  test('count once they have loaded, and only once after each load', () => {
    document.body.innerHTML = ''
    const recordActivity = vi.fn()
    const stop = sameOriginFrames(['click'])(recordActivity, page)
    frame = document.createElement('iframe')
    document.body.append(frame)
    const see = listenersOf()
    frame.dispatchEvent(new Event('load'))
    frame.dispatchEvent(new Event('load'))
    document.body.dispatchEvent(new Event('load'))
    see({ type: 'click' })
    see({ type: 'keydown' })
    expect(recordActivity).toHaveBeenCalledTimes(1)
    stop()
    frame.dispatchEvent(new Event('load'))
    see({ type: 'click' })
    expect(recordActivity).toHaveBeenCalledTimes(1)
  })

  test('that show another origin are left alone', () => {
    const see = listenersOf()
    Object.defineProperty(frame, 'contentDocument', { value: null })
    const recordActivity = vi.fn()
    const stop = sameOriginFrames()(recordActivity, page)
    see({ type: 'keydown' })
    expect(recordActivity).not.toHaveBeenCalled()
    stop()
  })
})

describe('media', () => {
  const video = (members: Partial<HTMLVideoElement>) => {
    const element = document.createElement('video')
    for (const [name, value] of Object.entries({
      paused: false,
      muted: false,
      volume: 1,
      loop: false,
      ...members,
    }))
      Object.defineProperty(element, name, { value })
    document.body.append(element)
    return element
  }

  test('counts while it plays with sound and does not loop', () => {
    const recordActivity = vi.fn()
    const stop = playingMedia()(recordActivity, page)
    const progress = (element: Element) => element.dispatchEvent(new Event('timeupdate'))
    for (const quiet of [{ paused: true }, { muted: true }, { volume: 0 }, { loop: true }])
      progress(video(quiet))
    progress(document.body)
    expect(recordActivity).not.toHaveBeenCalled()
    const loud = video({})
    progress(loud)
    expect(recordActivity).toHaveBeenCalledTimes(1)
    stop()
    progress(loud)
    expect(recordActivity).toHaveBeenCalledTimes(1)
  })
})
