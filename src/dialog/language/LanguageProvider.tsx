'use client'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { en } from '../../messages/en.js'
import type { Messages } from '../../messages/Messages.js'
import { spokenTimePhrase, timePhrase } from '../../messages/timePhrase.js'
import { useDocumentLanguage } from './useDocumentLanguage.js'

export type Direction = 'ltr' | 'rtl'

/** The language of the built-in parts, as props of the provider. */
export interface LanguageOptions {
  /**
   * Texts of the built-in parts: a catalogue from `react-session-security/messages/*`, or single
   * texts of your own, which replace the English ones.
   * @default English
   */
  messages?: Partial<Messages>
  /**
   * BCP 47 tag by which numbers and durations are formatted.
   * @default the document's `lang` where that is the texts' language, else the texts' language
   */
  locale?: string
  /**
   * Direction of the built-in parts.
   * @default the direction of the texts' language
   */
  dir?: Direction
}

export interface Language {
  readonly messages: Messages
  readonly locale: string
  readonly dir: Direction
  /** A text of the catalogue with `{time}` put in, as "in 2 minutes". */
  readonly withTime: WithTime
  /** The same for a live region. */
  readonly spokenWithTime: WithTime
}

type WithTime = (key: 'warning.countdown' | 'absolute.countdown', secondsLeft: number) => string

const rightToLeft = new Set(['ar', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'])

const LanguageContext = createContext<Language>(resolve({}, ''))

/** The texts and formats of the nearest provider; English where there is none. */
export function useLanguage(): Language {
  return useContext(LanguageContext)
}

/** One for all parts within: each of them only reads what was resolved here. */
export function LanguageProvider({ messages, locale, dir, children }: LanguageProviderProps) {
  const documentLanguage = useDocumentLanguage()
  const language = useMemo(
    () => resolve({ messages, locale, dir }, documentLanguage),
    [messages, locale, dir, documentLanguage],
  )
  return <LanguageContext.Provider value={language}>{children}</LanguageContext.Provider>
}

type LanguageProviderProps = { children: ReactNode } & {
  readonly [Option in keyof LanguageOptions]: LanguageOptions[Option] | undefined
}

function resolve(
  options: Omit<LanguageProviderProps, 'children'>,
  documentLanguage: string,
): Language {
  const messages: Messages = { ...en, ...options.messages }
  const locale = options.locale ?? closest(documentLanguage, messages.language)
  return {
    messages,
    locale,
    dir: options.dir ?? (rightToLeft.has(primary(messages.language)) ? 'rtl' : 'ltr'),
    withTime: withTimeAs(timePhrase),
    spokenWithTime: withTimeAs(spokenTimePhrase),
  }

  function withTimeAs(phrase: typeof timePhrase): WithTime {
    return (key, secondsLeft) =>
      secondsLeft > 0
        ? messages[key].replace('{time}', phrase(secondsLeft, messages, locale))
        : messages['warning.now']
  }
}

/** `de-AT` of the document refines German texts; a Dutch document doesn't change them. */
function closest(documentLanguage: string, textsLanguage: string): string {
  return primary(documentLanguage) === primary(textsLanguage) ? documentLanguage : textsLanguage
}

function primary(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? ''
}
