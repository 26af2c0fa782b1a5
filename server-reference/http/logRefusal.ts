import type { Hooks } from '../session/hooks.js'
import type { PlainAnswer } from './plain.js'

/** Tells the audit log which rule gave this answer, if one did. Returns the answer. */
export function logRefusal(hooks: Hooks, answer: PlainAnswer, method: string): PlainAnswer {
  const { status, refusal } = answer
  if (refusal) hooks.emit({ type: 'refused', status, method, ...refusal })
  return answer
}
