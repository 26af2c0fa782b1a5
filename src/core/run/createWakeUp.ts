import type { Environment } from './environment.js'

/** The wake-up of a running session. At most one is armed. */
export interface WakeUp {
  /** Arms it for a moment on this tab's clock; `null` disarms it. */
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
      // Keep an alarm that rings early: one needless wake-up costs less than setting it again.
      if (moment !== null && armedFor !== null && armedFor > now && armedFor <= moment) return
      if (moment === armedFor) return
      armedFor = moment
      alarm.set(moment)
    },
  }
}
