import type { UnknownVerdict } from '../../protocol/verdict.js'

/** The longest pause (ms) that a `Retry-After` header may ask for. */
const maxRetryAfterMs = 300_000

/** A reason is cut off after this many characters. */
const maxReasonLength = 300

/** A response that is no verdict. It may still give a reason, or say when to try again. */
export async function unknownAnswer(response: Response): Promise<UnknownVerdict> {
  const seconds = Number(response.headers.get('Retry-After'))
  const retryAfter = Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 0
  return {
    state: 'unknown',
    ...(retryAfter > 0 && { retryAfter: Math.min(retryAfter, maxRetryAfterMs) }),
    ...(isRefusal(response) && { refused: await reasonOf(response) }),
  }
}

/** A 4xx is a refusal, except a time-out (408) and too many requests (429), which a later request can avoid. */
function isRefusal({ status }: Response): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429
}

async function reasonOf(response: Response): Promise<string> {
  const { detail, title } = await problemOf(response)
  const reason = [detail, title].find((text) => typeof text === 'string' && text !== '')
  return reason?.slice(0, maxReasonLength) ?? `The server answered ${response.status}.`
}

/** The text members of a problem (RFC 9457); none if the body is something else. */
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
