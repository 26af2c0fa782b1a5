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
   * Texts of the built-in parts: a catalogue from `react-session-security/messages/*`, or some texts of
   * your own, which replace the English ones.
   * @default English
   */
  messages?: Partial<Messages>
  /**
   * BCP 47 tag for formatting numbers and durations.
   * @default the document's `lang` if it is the language of the texts, otherwise their language
   */
  locale?: string
  /**
   * Writing direction of the built-in parts.
   * @default the direction of the texts' language
   */
  dir?: Direction
}

export interface Language {
  readonly messages: Messages
  readonly locale: string
  readonly dir: Direction
  /** A text of the catalogue with the remaining time in it, such as "in 2 minutes". */
  readonly withTime: WithTime
  /** The same, worded for a live region. */
  readonly spokenWithTime: WithTime
}

type WithTime = (key: 'warning.countdown' | 'absolute.countdown', secondsLeft: number) => string

const rightToLeft = new Set(['ar', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'])

const LanguageContext = createContext<Language>(resolve({}, ''))

/** The texts and formats of the nearest provider; English if there is none. */
export function useLanguage(): Language {
  return useContext(LanguageContext)
}

/** Resolves the language once; all parts below read the result. */
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

/** A document in `de-AT` refines German texts. A Dutch document does not change them. */
function closest(documentLanguage: string, textsLanguage: string): string {
  return primary(documentLanguage) === primary(textsLanguage) ? documentLanguage : textsLanguage
}

function primary(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? ''
}
