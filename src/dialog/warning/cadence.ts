type CadencePreset = 'hmrc' | 'every15s' | 'every30s'

/**
 * When the remaining time is spoken. `hmrc`, as in HMRC's timeout dialog: at each whole minute above
 * one, then at 60, 40, 20 and 0 seconds. A function gets the seconds left and returns the latest
 * moment that should have been spoken; the time is spoken whenever the returned value changes.
 */
export type Cadence = CadencePreset | ((secondsLeft: number) => number)

/** After a sleep the value changes once, however many moments passed, so the time is spoken once. */
export function spokenMoment(secondsLeft: number, cadence: Cadence): number {
  return typeof cadence === 'function' ? cadence(secondsLeft) : presets[cadence](secondsLeft)
}

const presets: Record<CadencePreset, (secondsLeft: number) => number> = {
  hmrc: (secondsLeft) => roundUp(secondsLeft, secondsLeft > 60 ? 60 : 20),
  every15s: (secondsLeft) => roundUp(secondsLeft, 15),
  every30s: (secondsLeft) => roundUp(secondsLeft, 30),
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step
}

export function isCadence(value: unknown): value is Cadence {
  return typeof value === 'function' || (typeof value === 'string' && Object.hasOwn(presets, value))
}
