/** The rules that refuse a request. */
export type RefusalRule =
  | 'origin'
  | 'csrf'
  | 'method'
  | 'media-type'
  | 'content-encoding'
  | 'body-too-large'
  | 'body-too-slow'
  | 'body'
  | 'ambiguous-cookie'
  | 'loaded-id'
  | 'another-person'

/**
 * Why a request was refused, in a sentence. It never contains a cookie, an id, a secret or a
 * handle.
 */
export interface Refusal {
  rule: RefusalRule
  detail: string
}
