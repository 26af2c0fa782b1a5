import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ambiguous, cookieSession } from '../../../server-reference/http/cookieSession.js'

const secret = 'the secret that the cookies are signed with'
const sign = (id: string, by = secret) => createHmac('sha256', by).update(id).digest('base64')
const bare = (id: string, by = secret) => sign(id, by).replace('=', '')

function read(cookie: string | null, signedWith?: string | string[]) {
  const headers = { get: (name: string) => (name === 'cookie' ? cookie : null) }
  const options = signedWith === undefined ? {} : { signedWith }
  return cookieSession('sid', options)({ method: 'GET', url: '/', headers })
}

describe('a session cookie', () => {
  test('is read as the cookie package reads it', () => {
    expect(read('sid=a')).toBe('a')
    expect(read('x=1; sid=a;y=2')).toBe('a')
    expect(read('sid =a')).toBe('a')
    expect(read('\tsid\t=\t a \t; x=1')).toBe('a')
    expect(read('sid=a=b')).toBe('a=b')
    expect(read('sid=%61')).toBe('a')
    expect(read('sid=%zz')).toBe('%zz')
    expect(read('sid="a"')).toBe('"a"')
    expect(read('sid=')).toBe('')
    for (const none of [null, '', 'sid', 'SID=a', 'xsid=a', 'sidx=a', 'x=sid=a', '\u00a0sid=a'])
      expect(read(none)).toBeNull()
  })

  test('that comes twice with two values says nothing, however it is spaced', () => {
    for (const cookie of [
      'sid=a; sid=b',
      'sid =b; sid=a',
      'sid\t=b; sid=a',
      'sid=a; sid= b',
      'sid=a;\tsid =b',
      'sid=a; sid=',
      'sid=; sid=a',
      'sid=a; sid="a"',
      'sid=a; sid=%61',
      'sid=a; x=1; sid=a; sid=b',
    ])
      expect(read(cookie), cookie).toBe(ambiguous)
    for (const cookie of ['sid=a; sid=a', 'sid=a; sid =a', 'sid=a; x=sid', 'sid=a; sidx=b; sid'])
      expect(read(cookie), cookie).toBe('a')
  })
})

describe('a signed session cookie', () => {
  test('gives the id that was signed, with a secret of the list', () => {
    for (const value of [`s:a.b.${bare('a.b')}`, `a.b.${bare('a.b')}`, `a.b.${sign('a.b')}`]) {
      expect(read(`sid=${value}`, secret)).toBe('a.b')
      expect(read(`sid=${encodeURIComponent(value)}`, ['a newer secret', secret])).toBe('a.b')
    }
  })

  test('is no session where the signature is wrong in any way', () => {
    const right = bare('a')
    const flipped = `${right[0] === 'A' ? 'B' : 'A'}${right.slice(1)}`
    const wrong = {
      'another text of the same length': 'x'.repeat(43),
      'one wrong character': flipped,
      'the last character wrong': `${right.slice(0, -1)}-`,
      'cut short': right.slice(0, -1),
      empty: '',
      'longer by one': `${right}x`,
      'longer by a padding too many': `${right}==`,
      'in another case': right.toLowerCase() === right ? right.toUpperCase() : right.toLowerCase(),
      'by another secret': bare('a', 'another secret, not in the list'),
      "of another cookie's id": bare('b'),
      'of the prefix too': bare('s:a'),
      'of the name too': bare('sid=a'),
    }
    for (const [what, signature] of Object.entries(wrong))
      for (const prefix of ['', 's:'])
        expect(read(`sid=${prefix}a.${signature}`, secret), what).toBeNull()
    for (const value of ['a', 's:a', `.${bare('')}`, right, `a${right}`, `b.${right}`])
      expect(read(`sid=${value}`, secret), value).toBeNull()
    // Under another name it is another cookie.
    expect(read(`sid2=a.${right}`, secret)).toBeNull()
  })

  test('is not read as an unsigned one where the secret is missing', () => {
    const unset = process.env.A_VARIABLE_THAT_IS_NOT_SET as string
    for (const signedWith of [unset, '', [], [secret, '']])
      expect(() => cookieSession('sid', { signedWith })).toThrow(
        expect.objectContaining({
          code: 'invalid-options',
          message: expect.stringContaining('signedWith'),
        }),
      )
  })
})
