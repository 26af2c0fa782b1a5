/**
 * Milliseconds that never go back, and never stand still while a machine sleeps: of what the wall
 * clock and the monotonic clock say has passed, the larger counts. A clock that is set can end a
 * session early, never prolong one.
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
