import { expect, test } from 'vitest'
import { collectMistakes } from '../../../src/options/optionMistakes.js'

test('the error about options shows types and names, but no value that may be a secret', () => {
  const secret = 'hunter2-the-secret'
  const holder = { token: secret, list: [secret], nested: { secret } }
  const mistakes = collectMistakes()
  for (const value of [
    secret,
    holder,
    [holder],
    `https://user:${secret}@app.example`,
    () => secret,
  ])
    mistakes.unknown({ misspelt: value }, ['endpoint'])
  for (const value of [holder, [secret], `https://user:${secret}@app.example`, secret.repeat(9)])
    mistakes.add('transport', 'must have a method `ask`', value)
  mistakes.add('extendOn', "must be one of 'activity', 'button'", 'clicks')
  mistakes.add('lockFor', 'must be a time', -1)
  expect(mistakes.check).toThrow(
    /a string of 18 characters[\s\S]*an object with token[\s\S]*"clicks"[\s\S]*-1/,
  )
  expect(mistakes.check).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining(secret) }),
  )
})
