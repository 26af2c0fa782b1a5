/** Adds to a set; the returned function takes it out again. */
export function addTo<Item>(items: Set<Item>, item: Item): () => void {
  items.add(item)
  return () => {
    items.delete(item)
  }
}

/** Answers everybody who waits, once. */
export function settle<Result>(waiting: Set<(result: Result) => void>, result: Result): void {
  const all = [...waiting]
  waiting.clear()
  for (const resolve of all) resolve(result)
}
