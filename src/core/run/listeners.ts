/** Adds an item to a set. The returned function removes it. */
export function addTo<Item>(items: Set<Item>, item: Item): () => void {
  items.add(item)
  return () => {
    items.delete(item)
  }
}

/** Calls every waiting function once, with the result. */
export function resolveAll<Result>(waiting: Set<(result: Result) => void>, result: Result): void {
  const all = [...waiting]
  waiting.clear()
  for (const resolve of all) resolve(result)
}

/** Runs callbacks and reports what they throw, so that one error does not stop the others. */
export function catchErrors(reportError: (error: unknown) => void): (callback: () => void) => void {
  return (callback) => {
    try {
      callback()
    } catch (error) {
      reportError(error)
    }
  }
}
