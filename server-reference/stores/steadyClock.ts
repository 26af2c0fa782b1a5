/**
 * A clock (ms) that never goes back and does not stop during sleep: it advances by the larger of
 * what the wall clock and the monotonic clock say has passed. Setting the wall clock can end a
 * session early, but never prolong one.
 */
export function steadyClock(
  wall: () => number = Date.now,
  monotonic: () => number = () => performance.now(),
): () => number {
  let seenWall = wall()
  let seenMonotonic = monotonic()
  let now = seenWall
  return () => {
    const nextWall = wall()
    const nextMonotonic = monotonic()
    now += Math.max(nextWall - seenWall, nextMonotonic - seenMonotonic, 0)
    seenWall = nextWall
    seenMonotonic = nextMonotonic
    return now
  }
}
