import type { Messages } from './Messages.js'

/**
 * "In 2 minutes", "in 59 seconds": whole minutes, rounded up, above one minute.
 * The phrase is formatted as a whole because some languages inflect it ("za 1 minutu").
 */
export function timePhrase(secondsLeft: number, messages: Messages, locale: string): string {
  const unit = secondsLeft >= 60 ? 'minute' : 'second'
  const count = unit === 'minute' ? Math.ceil(secondsLeft / 60) : secondsLeft
  const forms = messages.relativeTime?.[unit]
  if (forms) return (forms[`${count}`] ?? forms.other).replace('{n}', String(count))
  return new Intl.RelativeTimeFormat(locale, { numeric: 'always' }).format(count, unit)
}
