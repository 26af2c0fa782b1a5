'use client'
import { useEffect, useState } from 'react'
import type { Extension } from '../core/session.js'

/** Most answers come at once: showing "waiting" for an instant would only flicker. */
const patience = 300

/** Where the wish to stay stands, with waiting shown only once it has lasted {@link patience} ms. */
export function usePatientExtension(extension: Extension): Extension {
  const [shown, setShown] = useState(extension)
  if (extension !== 'pending' && extension !== shown) setShown(extension)
  useEffect(() => {
    if (extension !== 'pending') return
    const timer = setTimeout(() => setShown('pending'), patience)
    return () => clearTimeout(timer)
  }, [extension])
  return shown
}
