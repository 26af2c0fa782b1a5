/**
 * Runs tasks in order, at most this many at a time. It does not wait longer than `lease` ms for
 * one. A task must not reject.
 */
export function inTurns(most: number, lease: number): (task: () => Promise<void>) => void {
  // Read with an index, because `shift` copies a long array.
  let waiting: (() => Promise<void>)[] = []
  let taken = 0
  let running = 0

  function next(): void {
    const task = waiting[taken++]
    if (task) return run(task)
    waiting = []
    taken = 0
  }

  function run(task: () => Promise<void>): void {
    running++
    let isOver = false
    const over = () => {
      if (isOver) return
      isOver = true
      clearTimeout(timer)
      running--
      next()
    }
    const timer = setTimeout(over, lease).unref()
    void task().then(over)
  }

  return (task) => {
    if (running < most) run(task)
    else waiting.push(task)
  }
}
