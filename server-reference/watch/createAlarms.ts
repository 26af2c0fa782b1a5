/** An alarm per member. All of them share one timer. */
export interface Alarms<Member> {
  /** Replaces the member's earlier moment. */
  set(member: Member, at: number): void
  delete(member: Member): void
}

const slotMs = 100

/**
 * Rings for each member up to 100 ms after its moment. One ticking timer serves ten thousand
 * members. It compares moments on the given clock, so it notices at once that the machine slept.
 * It only runs while there are members, and does not keep the process alive.
 */
export function createAlarms<Member>(
  now: () => number,
  ring: (member: Member) => void,
): Alarms<Member> {
  const slots = new Map<number, Set<Member>>()
  const slotOf = new Map<Member, number>()
  let rung = 0
  let timer: NodeJS.Timeout | null = null

  function remove(member: Member): void {
    const slot = slotOf.get(member)
    if (slot === undefined) return
    slotOf.delete(member)
    const members = slots.get(slot)
    members?.delete(member)
    if (members?.size === 0) slots.delete(slot)
  }

  function tick(): void {
    const current = Math.floor(now() / slotMs)
    // After a long sleep, more moments have passed than there are slots.
    const passed =
      current - rung > slots.size
        ? [...slots.keys()].filter((slot) => slot <= current).sort((a, b) => a - b)
        : Array.from({ length: Math.max(0, current - rung) }, (_, index) => rung + 1 + index)
    rung = Math.max(rung, current)
    for (const slot of passed)
      for (const member of [...(slots.get(slot) ?? [])]) {
        // Another member's ring may have removed this one.
        if (slotOf.get(member) !== slot) continue
        remove(member)
        ring(member)
      }
    stopIfEmpty()
  }

  function stopIfEmpty(): void {
    if (slotOf.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }

  return {
    set(member, at) {
      remove(member)
      if (timer === null) {
        rung = Math.floor(now() / slotMs)
        timer = setInterval(tick, slotMs).unref()
      }
      const slot = Math.max(Math.ceil(at / slotMs), rung + 1)
      slotOf.set(member, slot)
      const members = slots.get(slot)
      if (members) members.add(member)
      else slots.set(slot, new Set([member]))
    },
    delete(member) {
      remove(member)
      stopIfEmpty()
    },
  }
}
