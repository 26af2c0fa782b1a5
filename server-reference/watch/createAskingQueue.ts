/**
 * Runs `ask` for each added member, a limited number at a time, so that ten thousand sessions
 * with the same deadline do not fill the store's queue. A member that already waits is not added
 * again.
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
