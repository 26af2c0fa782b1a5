'use client'
import { useSyncExternalStore } from 'react'
import { rootOf } from '../../browser/document/dom.js'

/** `lang` of the document, followed when the app switches it; empty while rendering on a server. */
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
