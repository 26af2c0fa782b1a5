import { act, render, screen } from '@testing-library/react'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { LanguageProvider, useLanguage } from '../../../src/dialog/language/LanguageProvider.js'
import { spokenMoment } from '../../../src/dialog/warning/cadence.js'
import { ar } from '../../../src/messages/ar.js'
import { de } from '../../../src/messages/de.js'
import { advance, idleUntil, press, renderSession } from '../../support/jsdom/renderSession.js'

describe('the title of a hidden tab', () => {
  let visibility: DocumentVisibilityState

  beforeEach(() => {
    visibility = 'visible'
    const spy = vi
      .spyOn(Document.prototype, 'hidden', 'get')
      .mockImplementation(() => visibility === 'hidden')
    onTestFinished(() => spy.mockRestore())
    document.title = 'Cases'
  })

  async function become(next: DocumentVisibilityState) {
    visibility = next
    act(() => void document.dispatchEvent(new Event('visibilitychange')))
    await advance(0)
  }

  test('counts down in steps of 15 seconds, and is put back when the tab is shown', async () => {
    await renderSession()
    expect(document.title).toBe('Cases')
    await become('hidden')
    expect(document.title).toBe('(2:00) Cases')
    await advance(14_000)
    expect(document.title).toBe('(2:00) Cases')
    await advance(1_000)
    expect(document.title).toBe('(1:45) Cases')
    await advance(45_000)
    expect(document.title).toBe('(1:00) Cases')
    await advance(55_000)
    expect(document.title).toBe('(0:15) Cases')
    await become('visible')
    expect(document.title).toBe('Cases')
  })

  test('is the app’s again once the warning is gone, and follows no more', async () => {
    const { server } = await renderSession()
    await become('hidden')
    server.says = idleUntil(600_000)
    await press('Stay signed in')
    await advance(500)
    expect(document.title).toBe('Cases')
    await become('visible')
    await become('hidden')
    expect(document.title).toBe('Cases')
  })

  test('stays as the app has set it meanwhile', async () => {
    await renderSession()
    await become('hidden')
    document.title = 'Two new messages'
    await become('visible')
    expect(document.title).toBe('Two new messages')
  })
})

describe('the announcement of how a warning ended', () => {
  function outcome(): string {
    const regions = [...document.querySelectorAll('[aria-live="polite"]')]
    return regions
      .filter((region) => !region.closest('[role="alertdialog"]'))
      .map((region) => region.textContent)
      .join('')
  }

  test('comes a moment after the dialog is gone, and only once', async () => {
    const { server } = await renderSession()
    expect(outcome()).toBe('')
    server.says = idleUntil(600_000)
    await press('Stay signed in')
    await advance(100)
    expect(outcome()).toBe('')
    await advance(100)
    expect(outcome()).toBe("You're still signed in.")
    await advance(480_000)
    expect(screen.getByRole('alertdialog')).toBeVisible()
    expect(outcome()).toBe('')
  })

  test('also tells of an end', async () => {
    await renderSession()
    await advance(121_000)
    await advance(200)
    expect(outcome()).toContain("You hadn't been active for a while")
  })

  test('does not come without a warning', async () => {
    const { session } = await renderSession({ says: idleUntil(600_000) })
    await advance(1_000)
    expect(outcome()).toBe('')
    void session.signOut()
    await advance(1_000)
    expect(outcome()).toBe('')
  })
})

test('a page that goes on without the server says so', async () => {
  const { server, session } = await renderSession({ says: idleUntil(600_000) })
  const text = /can't be reached at the moment/
  expect(screen.queryByText(text)).toBeNull()
  server.says = () => Promise.reject(new Error('offline'))
  for (let round = 0; round < 3; round += 1) {
    void session.check()
    await advance(10_000)
  }
  expect(screen.getByText(text)).toHaveClass('session-security-banner')
  expect(screen.getByText(text).parentElement).toHaveAttribute('role', 'status')
})

test('a page whose requests the server refuses does not say that the server is unreachable', async () => {
  const { server, session } = await renderSession({ says: idleUntil(600_000) })
  server.says = async () => ({ state: 'unknown', refused: 'The Origin differs.' })
  for (let round = 0; round < 3; round += 1) {
    void session.check()
    await advance(10_000)
  }
  expect(screen.getByText(/doesn't accept this page's requests/)).toBeVisible()
  expect(screen.queryByText(/can't be reached/)).toBeNull()
})

test('nothing says that the server is unreachable once the session is over', async () => {
  const { server } = await renderSession({ says: idleUntil(121_000) })
  server.says = () => Promise.reject(new Error('offline'))
  await advance(180_000)
  expect(screen.getByRole('heading', { level: 1 })).toBeVisible()
  expect(screen.queryByText(/at the moment/)).toBeNull()
})

describe('the language', () => {
  function Probe() {
    const { locale, dir, messages, withTime, spokenWithTime } = useLanguage()
    return (
      <p>
        {[
          locale,
          dir,
          messages.language,
          withTime('warning.countdown', 90),
          withTime('warning.countdown', 0),
          spokenWithTime('warning.countdown', 90),
        ].join('|')}
      </p>
    )
  }
  function shown(options: Partial<Parameters<typeof LanguageProvider>[0]>) {
    const { container, unmount } = render(
      <LanguageProvider messages={undefined} locale={undefined} dir={undefined} {...options}>
        <Probe />
      </LanguageProvider>,
    )
    const text = container.textContent?.split('|') ?? []
    unmount()
    return text
  }

  beforeEach(() => {
    const before = document.documentElement.lang
    onTestFinished(() => {
      document.documentElement.lang = before
    })
  })

  test("is English, refined by the document's language if that is English, too", () => {
    document.documentElement.lang = 'en-GB'
    expect(shown({}).slice(0, 3)).toEqual(['en-GB', 'ltr', 'en'])
    document.documentElement.lang = 'EN-nz'
    expect(shown({})[0]).toBe('EN-nz')
    document.documentElement.lang = 'nl'
    expect(shown({})[0]).toBe('en')
    expect(shown({ messages: de })[0]).toBe('de')
    expect(shown({ locale: 'de-AT', messages: de })[0]).toBe('de-AT')
  })

  test('its direction is that of its language unless the app sets another', () => {
    expect(shown({ messages: ar })[1]).toBe('rtl')
    expect(shown({ messages: { language: 'he-IL' } })[1]).toBe('rtl')
    expect(shown({ messages: ar, dir: 'ltr' })[1]).toBe('ltr')
    expect(shown({ dir: 'rtl' })[1]).toBe('rtl')
  })

  test('says the time left in words, and that it is over at zero', () => {
    const [, , , time, over, spoken] = shown({})
    expect(time).toBe("You'll be signed out in 2 minutes.")
    expect(over).toBe("You're being signed out.")
    expect(spoken).toBe("You'll be signed out in 90 seconds.")
  })

  test("follows the document's language", async () => {
    document.documentElement.lang = 'en-GB'
    const { container } = render(
      <LanguageProvider messages={undefined} locale={undefined} dir={undefined}>
        <Probe />
      </LanguageProvider>,
    )
    await act(async () => {
      document.documentElement.lang = 'en-US'
    })
    expect(container).toHaveTextContent('en-US')
  })
})

test.each([
  [
    'hmrc',
    [
      [61, 120],
      [60, 60],
      [41, 60],
      [40, 40],
      [1, 20],
      [0, 0],
    ],
  ],
  [
    'every15s',
    [
      [31, 45],
      [30, 30],
      [0, 0],
    ],
  ],
  [
    'every30s',
    [
      [31, 60],
      [30, 30],
      [1, 30],
    ],
  ],
] as const)('the cadence %s speaks of these moments', (cadence, moments) => {
  for (const [secondsLeft, moment] of moments) {
    expect(spokenMoment(secondsLeft, cadence)).toBe(moment)
  }
  expect(spokenMoment(7, (secondsLeft) => secondsLeft * 2)).toBe(14)
})

test('a live region is for screen readers only', async () => {
  await renderSession()
  const region = document.querySelector<HTMLElement>('[aria-live]')
  expect(region?.style.position).toBe('absolute')
  expect(region?.style.overflow).toBe('hidden')
  expect(region).toHaveAttribute('aria-atomic', 'true')
})
