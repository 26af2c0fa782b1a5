/** What the caches of one client may do now. Set by `createCacheHolder`. */
export interface Limits {
  /** `still` while the page is locked, `empty` once the session is over, otherwise `open`. */
  mode: 'open' | 'still' | 'empty'
  /** Goes up at each end. Whatever began in an earlier round sends no further request. */
  round: number
}
