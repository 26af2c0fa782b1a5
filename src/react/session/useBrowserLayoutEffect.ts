'use client'
import { useEffect, useLayoutEffect } from 'react'

/** `useLayoutEffect`, without React 18's warning where a server renders. */
export const useBrowserLayoutEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect
