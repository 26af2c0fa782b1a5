import { expect, test } from 'vitest'
import { hasUnauthorizedStatus } from '../../../src/query/hasUnauthorizedStatus.js'

test.each([
  [{ status: 401 }, true],
  [{ response: { status: 401 } }, true],
  [{ status: 403 }, false],
  [{ status: 500, response: { status: 401 } }, true],
  [{ response: null }, false],
  [new Error('401'), false],
  ['401', false],
  [null, false],
  [undefined, false],
])('%j is a lost session: %s', (error, expected) => {
  expect(hasUnauthorizedStatus(error)).toBe(expected)
})
