/**
 * Runs tasks, at most so many at a time, in the order they came. One that takes longer than `lease`
 * ms is not waited for. A task must not reject.
 */
export function inTurns(most: number, lease: number): (task: () => Promise<void>) => void {
  // Taken from by an index: to shift a long array copies it.
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
