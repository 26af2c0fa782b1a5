// What both benches do with what they measured.

/** Of an even number the larger middle one. */
export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}

export function say(text) {
  process.stdout.write(`${text}\n`)
}
