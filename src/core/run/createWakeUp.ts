import type { Environment } from './environment.js'

/** The one wake-up of a running session: never more than one is armed. */
export interface WakeUp {
  /** For a moment on this tab's clock; `null` for none. */
  arm(moment: number | null, now: number): void
}

export function createWakeUp(environment: Environment, ring: () => void): WakeUp {
  let armedFor: number | null = null
  const alarm = environment.alarm(() => {
    armedFor = null
    ring()
  })
  return {
    arm: (moment, now) => {
      // An alarm that rings too early is left alone: looking costs less than setting it anew.
      if (moment !== null && armedFor !== null && armedFor > now && armedFor <= moment) return
      if (moment === armedFor) return
      armedFor = moment
      alarm.set(moment)
    },
  }
}
