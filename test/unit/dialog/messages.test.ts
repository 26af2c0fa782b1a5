import { describe, expect, test } from 'vitest'
import { en } from '../../../src/messages/en.js'
import type { Messages } from '../../../src/messages/Messages.js'
import { durationPhrase, timePhrase } from '../../../src/messages/timePhrase.js'

const modules = import.meta.glob<Record<string, Messages>>('../../../src/messages/*.ts', {
  eager: true,
})
const catalogues = Object.values(modules)
  .flatMap((module) => Object.values(module))
  .filter((value): value is Messages => typeof value === 'object' && 'language' in value)
const foreign = catalogues.filter(({ language }) => language !== 'en')
const texts = (messages: Messages) =>
  Object.entries(messages).filter(([key]) => key.includes('.')) as [string, string][]

test('there are thirteen languages', () => {
  expect(catalogues.map(({ language }) => language).sort()).toEqual(
    'ar ca cs cy de en es fr it nl pl pt-BR pt-PT'.split(' '),
  )
})

describe.each(foreign.map((messages) => [messages.language, messages] as const))('%s', (_, own) => {
  test('has every text of the English catalogue, and no other', () => {
    expect(texts(own).map(([key]) => key)).toEqual(texts(en).map(([key]) => key))
  })

  test('has no English text in it', () => {
    const english = new Map(texts(en))
    const left = texts(own).filter(([key, text]) => text === english.get(key) || text.trim() === '')
    expect(left).toEqual([])
  })

  test('has the same placeholders in the same texts', () => {
    const placeholders = (messages: Messages) =>
      texts(messages).map(([key, text]) => [key, text.match(/\{\w+\}/g)])
    expect(placeholders(own)).toEqual(placeholders(en))
  })
})

test('the time is inflected by the language itself', () => {
  const phrases = (language: string) => {
    const messages = catalogues.find((catalogue) => catalogue.language === language) ?? en
    return [120, 61, 60, 59, 2, 1].map((seconds) => timePhrase(seconds, messages, language))
  }
  expect(phrases('en')).toEqual([
    'in 2 minutes',
    'in 2 minutes',
    'in 1 minute',
    'in 59 seconds',
    'in 2 seconds',
    'in 1 second',
  ])
  expect(phrases('cs').slice(2, 5)).toEqual(['za 1 minutu', 'za 59 sekund', 'za 2 sekundy'])
  expect(phrases('ar')[0]).toBe('خلال دقيقتين')
  expect(phrases('cy').slice(1, 4)).toEqual(['ymhen 2 funud', 'ymhen 1 munud', 'ymhen 59 eiliad'])
})

test('durations are whole hours, or minutes', () => {
  expect([900_000, 3_600_000, 5_400_000].map((ms) => durationPhrase(ms, en, 'en'))).toEqual([
    '15 minutes',
    '1 hour',
    '90 minutes',
  ])
})
