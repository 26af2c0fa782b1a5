/** What the caches of one client may do now; changed by `guardCaches`. */
export interface Limits {
  /** `still` while the page is locked, `empty` once it is over, else `open`. */
  mode: 'open' | 'still' | 'empty'
  /** Goes up at each end. What began in an earlier round makes no further request. */
  round: number
}
