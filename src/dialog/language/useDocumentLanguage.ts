'use client'
import { useSyncExternalStore } from 'react'
import { rootOf } from '../../browser/document/dom.js'

/** The document's `lang`; follows changes. Empty while a server renders. */
export function useDocumentLanguage(): string {
  return useSyncExternalStore(subscribe, language, () => '')
}

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(rootOf(), { attributeFilter: ['lang'] })
  return () => observer.disconnect()
}

function language(): string {
  return rootOf().lang
}
