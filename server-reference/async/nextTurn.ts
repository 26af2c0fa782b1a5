let turn: Promise<void> | null = null

/**
 * When Node has read what came. One promise for all who wait in the same turn of the event loop: with
 * one each, a report costs half as much again.
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
