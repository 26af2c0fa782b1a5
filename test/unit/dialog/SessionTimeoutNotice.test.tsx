import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { SessionTimeoutNotice } from '../../../src/dialog/SessionTimeoutNotice.js'
import { de } from '../../../src/messages/de.js'

test('the sign-in page says how long one may be idle, and that work may be lost', () => {
  render(<SessionTimeoutNotice policy={{ expireAfter: 900_000 }} />)
  expect(
    screen.getByText(/15 minutes\. Work that you haven't saved may then be lost/),
  ).toBeVisible()
  expect(screen.queryByText(/no longer than/)).toBeNull()
})

test('names the absolute limit, too, in the language of the page', () => {
  render(<SessionTimeoutNotice messages={de} policy={{ absoluteTimeout: 8 * 3_600_000 }} />)
  expect(screen.getByText(/dauert eine Sitzung höchstens so lange: 8 Stunden\./)).toBeVisible()
})

test('does not name a limit that is off', () => {
  const { container } = render(<SessionTimeoutNotice policy={{ expireAfter: false }} />)
  expect(container).toBeEmptyDOMElement()
})
