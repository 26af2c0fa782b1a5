import type { SessionStore } from '../stores/store.js'
import type { Handles } from './handles.js'
import type { Hooks } from './hooks.js'
import type { Judge } from './judge.js'

/** What everything that deals with sessions is made of, once the options are checked. */
export interface SessionParts {
  store: SessionStore
  handles: Handles
  judge: Judge
  hooks: Hooks
  /** Milliseconds that the store and the callbacks may take together. */
  timeLimit: number
}
