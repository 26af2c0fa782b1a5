import type { SessionStore } from '../stores/store.js'
import type { Handles } from './handles.js'
import type { Hooks } from './hooks.js'
import type { Judge } from './judge.js'

/** What all code that deals with sessions needs, from the checked options. */
export interface SessionParts {
  store: SessionStore
  handles: Handles
  judge: Judge
  hooks: Hooks
  /** Milliseconds that the store and the callbacks may take together. */
  timeLimit: number
}
