/**
 * Runs `ask` for each member that is added, a limited number at a time: ten thousand sessions with the
 * same deadline must not fill the store's queue. A member that waits already is not added twice.
 */
export function createAskingQueue<Member>(
  ask: (member: Member) => Promise<void>,
  atOnce = 64,
): { add(member: Member): void; delete(member: Member): void } {
  const waiting = new Set<Member>()
  let running = 0

  function next(): void {
    for (const member of waiting) {
      if (running >= atOnce) return
      waiting.delete(member)
      running++
      void ask(member).finally(() => {
        running--
        next()
      })
    }
  }

  return {
    add(member) {
      waiting.add(member)
      next()
    },
    delete: (member) => void waiting.delete(member),
  }
}
