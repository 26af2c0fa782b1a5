import type { UnknownVerdict } from '../../protocol/verdict.js'

/** The longest pause that a server's `Retry-After` may ask for, in ms. */
const longestRetryAfter = 300_000

/** No more of a reason than this is kept, in characters. */
const longestReason = 300

/** An answer that is no verdict may still say why, or how long the server wants to be left alone. */
export async function unknownAnswer(response: Response): Promise<UnknownVerdict> {
  const seconds = Number(response.headers.get('Retry-After'))
  const retryAfter = Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 0
  return {
    state: 'unknown',
    ...(retryAfter > 0 && { retryAfter: Math.min(retryAfter, longestRetryAfter) }),
    ...(isRefusal(response) && { refused: await reasonOf(response) }),
  }
}

/** Asking again later helps with a time-out (408) or too many questions (429), and with no other 4xx. */
function isRefusal({ status }: Response): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429
}

async function reasonOf(response: Response): Promise<string> {
  const { detail, title } = await problemOf(response)
  const reason = [detail, title].find((text) => typeof text === 'string' && text !== '')
  return reason?.slice(0, longestReason) ?? `The server answered ${response.status}.`
}

/** The members of a problem (RFC 9457); none where the body is something else. */
export async function problemOf(
  response: Response,
): Promise<{ type?: string; detail?: string; title?: string }> {
  try {
    const body: unknown = await response.json()
    return typeof body === 'object' && body !== null ? textsOf(body) : {}
  } catch {
    return {}
  }
}

function textsOf(body: object): Record<string, string> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => typeof value === 'string'))
}
