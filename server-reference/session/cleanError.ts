/** Longer messages are cut off, because they may quote anything. */
const longest = 300

/**
 * A store's error without the data of the command. Database clients put the command, its
 * arguments or the row into their errors, and those contain subjects and the app's data. The
 * name, the code, the message without its quotations, and the stack remain.
 */
export function cleanError(error: unknown): Error & { code?: string } {
  const { name, message, code, stack } = (
    error instanceof Error ? error : { message: String(error) }
  ) as Partial<Error> & { code?: unknown }
  const clean = new Error(withoutQuotations(message ?? ''))
  clean.name = name ?? 'Error'
  // The message itself may have lines that look like a stack line.
  const places = (stack ?? '').replace(message ?? '', '')
  const frames = places.split('\n').filter((line) => /^ {4}at /.test(line))
  clean.stack = [`${clean.name}: ${clean.message}`, ...frames].join('\n')
  return Object.assign(clean, typeof code === 'string' && { code })
}

/**
 * Redis repeats the arguments of an unknown command, and PostgreSQL quotes what it cannot read.
 * Cuts from the first quotation mark to the last, because the quoted text may contain some.
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

/**
 * The same for errors with which `start`, `end` and so on reject. Errors of this library and of
 * the app stay as they are.
 */
export const withoutArguments = (error: unknown): unknown =>
  error instanceof Error && revealing.some((name) => name in error) ? cleanError(error) : error
