import type { PlainAnswer, PlainRequest } from './plain.js'
import { commonHeaders } from './problem.js'

export const corsHeaders = (origin: string) => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Expose-Headers': 'Retry-After',
  Vary: 'Origin',
})

/** Only for trusted origins, so any header is allowed. */
export function preflight({ headers }: PlainRequest, origin: string, methods: string): PlainAnswer {
  const wanted = headers.get('access-control-request-headers')
  return {
    status: 204,
    headers: {
      ...commonHeaders,
      ...corsHeaders(origin),
      'Access-Control-Allow-Methods': methods,
      ...(wanted !== null &&
        /^[\w\-, ]{1,500}$/.test(wanted) && { 'Access-Control-Allow-Headers': wanted }),
    },
    body: '',
  }
}
