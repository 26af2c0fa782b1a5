/** Throws one error with every mistake in it. */
export function fail(who: string, mistakes: string[]): never {
  const list = mistakes.map((mistake) => `\n- ${mistake}`).join('')
  throw Object.assign(new TypeError(`${who} can't be set up like this:${list}`), {
    code: 'invalid-options',
  })
}

/** One mistake per name that is no option, with the option that was probably meant. */
export function misspelt(
  given: Record<string, unknown>,
  names: string[],
  prefix: string,
): string[] {
  return Object.keys(given)
    .filter((name) => !names.includes(name))
    .map((name) => {
      const meant = names.find((known) => alike(known, name))
      const hint = meant ? `; did you mean ${prefix}${meant}?` : ''
      return `${prefix}${name} (${typeof given[name]}) is not an option${hint}`
    })
}

/** The same letters, or the same but for one typing slip. */
function alike(a: string, b: string): boolean {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()]
  if (Math.abs(x.length - y.length) > 2) return false
  let start = 0
  while (start < x.length && x[start] === y[start]) start++
  let end = 0
  while (end < Math.min(x.length, y.length) - start && x.at(-1 - end) === y.at(-1 - end)) end++
  return Math.max(x.length, y.length) - start - end <= 2
}
