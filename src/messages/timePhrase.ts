import type { CountedForms, Messages } from './Messages.js'

/**
 * A phrase such as "in 2 minutes" or "in 59 seconds": whole minutes, rounded up, while there is a minute
 * or more. It is formatted as a whole because some languages inflect it ("za 1 minutu").
 */
export function timePhrase(secondsLeft: number, messages: Messages, locale: string): string {
  if (secondsLeft < 60) return phrase(secondsLeft, 'second', messages, locale)
  return phrase(Math.ceil(secondsLeft / 60), 'minute', messages, locale)
}

/** The same for screen readers, exact below two minutes: they do not announce a repeated text. */
export function spokenTimePhrase(secondsLeft: number, messages: Messages, locale: string): string {
  if (secondsLeft >= 120 || secondsLeft % 60 === 0) return timePhrase(secondsLeft, messages, locale)
  return phrase(secondsLeft, 'second', messages, locale)
}

function phrase(
  count: number,
  unit: 'minute' | 'second',
  messages: Messages,
  locale: string,
): string {
  const forms = messages.relativeTime?.[unit]
  if (forms) return counted(count, forms)
  return new Intl.RelativeTimeFormat(locale, { numeric: 'always' }).format(count, unit)
}

/** A phrase such as "15 minutes" or "8 hours"; hours only if they are whole. */
export function durationPhrase(ms: number, messages: Messages, locale: string): string {
  const minutes = Math.round(ms / 60_000)
  const unit = minutes >= 60 && minutes % 60 === 0 ? 'hour' : 'minute'
  const count = unit === 'hour' ? minutes / 60 : minutes
  const forms = messages.duration?.[unit]
  if (forms) return counted(count, forms)
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count)
}

function counted(count: number, forms: CountedForms): string {
  return (forms[count] ?? forms.other).replace('{n}', String(count))
}
