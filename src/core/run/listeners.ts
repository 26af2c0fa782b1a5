/** Adds to a set; the returned function takes it out again. */
export function addTo<Item>(items: Set<Item>, item: Item): () => void {
  items.add(item)
  return () => {
    items.delete(item)
  }
}

/** Answers everybody who waits, once. */
export function resolveAll<Result>(waiting: Set<(result: Result) => void>, result: Result): void {
  const all = [...waiting]
  waiting.clear()
  for (const resolve of all) resolve(result)
}

/** Runs callbacks one of which must not keep the others from running: what they throw is reported. */
export function catchErrors(reportError: (error: unknown) => void): (callback: () => void) => void {
  return (callback) => {
    try {
      callback()
    } catch (error) {
      reportError(error)
    }
  }
}
