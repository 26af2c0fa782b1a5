let turn: Promise<void> | null = null

/**
 * Resolves once Node has read what has arrived. All callers in the same turn of the event loop
 * share one promise: with one each, a report would cost half as much again.
 */
export function nextTurn(): Promise<void> {
  turn ??= new Promise((resolve) => {
    setImmediate(() => {
      turn = null
      resolve()
    })
  })
  return turn
}
