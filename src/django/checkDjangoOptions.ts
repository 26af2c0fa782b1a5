import { collectMistakes, type Mistakes } from '../core/options/optionMistakes.js'

/** @throws one error that names every mistake. */
export function checkDjangoOptions(options: unknown): void {
  const mistakes = collectMistakes('djangoTransport')
  if (!isRecord(options)) {
    mistakes.add('options', 'must be an object', options)
    return mistakes.check()
  }
  const { pingUrl, signOut, credentials, fetch } = options
  mistakes.unknown(options, ['pingUrl', 'signOut', 'credentials', 'fetch'])
  checkAddress('pingUrl', pingUrl, mistakes)
  if (signOut !== undefined) checkSignOut(signOut, mistakes)
  if (credentials !== undefined && !['omit', 'same-origin', 'include'].includes(`${credentials}`)) {
    mistakes.add('credentials', "must be one of 'omit', 'same-origin', 'include'", credentials)
  }
  if (fetch !== undefined && typeof fetch !== 'function') {
    mistakes.add('fetch', 'must be a function', fetch)
  }
  mistakes.check()
}

function checkSignOut(signOut: unknown, mistakes: Mistakes): void {
  if (!isRecord(signOut)) {
    return mistakes.add('signOut', 'must be an object with `url` and `csrfToken`', signOut)
  }
  const { url, csrfToken } = signOut
  mistakes.unknown(signOut, ['url', 'csrfToken'], 'signOut.')
  checkAddress('signOut.url', url, mistakes)
  if (typeof csrfToken !== 'function' && (typeof csrfToken !== 'string' || csrfToken === '')) {
    const rule = 'must be the token, or a function that reads it'
    mistakes.add('signOut.csrfToken', rule, csrfToken)
  }
}

function checkAddress(option: string, value: unknown, mistakes: Mistakes): void {
  if (typeof value === 'string' && value !== '') return
  mistakes.add(option, 'must be an address', value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
