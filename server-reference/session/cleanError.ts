/** Longer messages are cut: what they quote may be anything. */
const longest = 300

/**
 * A store's error without what the store was asked: the clients put the command, its arguments or
 * the row into their errors, and those name subjects and hold the app's data. What is left is the
 * name, the code, the message without its quotations, and where it happened.
 */
export function cleanError(error: unknown): Error & { code?: string } {
  const { name, message, code, stack } = (
    error instanceof Error ? error : { message: String(error) }
  ) as Partial<Error> & { code?: unknown }
  const clean = new Error(withoutQuotations(message ?? ''))
  clean.name = name ?? 'Error'
  // A message may have lines of its own that look like a place.
  const places = (stack ?? '').replace(message ?? '', '')
  const frames = places.split('\n').filter((line) => /^ {4}at /.test(line))
  clean.stack = [`${clean.name}: ${clean.message}`, ...frames].join('\n')
  return Object.assign(clean, typeof code === 'string' && { code })
}

/**
 * Redis repeats the arguments of a command that it doesn't know; PostgreSQL quotes what it can't read.
 * From the first quotation mark to the last: what is quoted may have some of its own.
 */
function withoutQuotations(message: string): string {
  const [text = ''] = message.slice(0, longest).split(/with args beginning with/i, 1)
  const begin = text.search(/['"]/)
  if (begin < 0) return text
  const last = Math.max(text.lastIndexOf("'"), text.lastIndexOf('"'))
  const isOpen = last === begin || message.length > longest
  return `${text.slice(0, begin)}"…"${isOpen ? '' : text.slice(last + 1)}`
}

const revealing = ['command', 'args', 'query', 'parameters', 'detail', 'where']

/** The same for what the app's own calls reject with: an error of our own, or the app's, stays as it is. */
export const withoutArguments = (error: unknown): unknown =>
  error instanceof Error && revealing.some((name) => name in error) ? cleanError(error) : error
