'use client'
import { useState } from 'react'
import type { Extension } from '../../core/session.js'
import { type Language, useLanguage } from '../language/LanguageProvider.js'
import { type Cadence, spokenMoment } from './cadence.js'

interface Now {
  readonly shown: boolean
  readonly secondsLeft: number
  readonly extendable: boolean
  readonly extension: Extension
}

/**
 * What a screen reader should say now. It starts empty, because the dialog has just taken the focus
 * and the screen reader reads its name and description.
 */
export function useAnnouncement(now: Now, cadence: Cadence): string {
  const language = useLanguage()
  const moment = spokenMoment(now.secondsLeft, cadence)
  const [spoken, setSpoken] = useState({ ...now, moment, text: '' })
  if (spoken.shown !== now.shown) {
    setSpoken({ ...now, moment, text: '' })
  } else if (!now.shown) {
    return ''
  } else if (spoken.extension !== now.extension) {
    setSpoken({ ...now, moment, text: aboutExtension(now, language) })
  } else if (spoken.moment !== moment) {
    setSpoken({ ...now, moment, text: aboutTime(now, language) })
  }
  return spoken.text
}

function aboutTime({ secondsLeft, extendable }: Now, { spokenWithTime }: Language): string {
  return spokenWithTime(extendable ? 'warning.countdown' : 'absolute.countdown', secondsLeft)
}

function aboutExtension({ extension }: Now, { messages }: Language): string {
  if (extension === 'pending') return messages['warning.pending']
  if (extension === 'failed') return messages['warning.failed']
  return ''
}
