import type { Random } from './random.js'
import type { Schedule } from './schedule.js'

/** Faults of messages between tabs. `lost` and `doubled` are chances from 0 to 1. */
export interface MessageFaults {
  lost: number
  doubled: number
  /** Longest delay of a message, in ms. @default 2 */
  late: number
}

/** What all tabs of a simulated browser share. */
export interface SimulatedBrowser {
  readonly faults: MessageFaults
  /** Wall clock minus true time, in ms. Change it to set the wall clock. */
  wallOffset: number
  /** How long the machine has slept, in ms. Its monotonic clock stands still during sleep. */
  sleptFor: number
  asleep: boolean
  readonly messages: number
  storage: Map<string, string>
  locks: Map<string, object>
  openPort(name: string, receive: (data: unknown) => void): Port
}

export interface Port {
  post(data: unknown): void
  close(): void
}

export function createSimulatedBrowser(schedule: Schedule, random: Random): SimulatedBrowser {
  const ports = new Map<Port, { name: string; receive: (data: unknown) => void }>()
  let messages = 0

  function deliver(port: Port, data: unknown): void {
    const times = random() < browser.faults.doubled ? 2 : 1
    for (let time = 0; time < times; time += 1) {
      schedule.add(random() * browser.faults.late, () => ports.get(port)?.receive(data))
    }
  }

  const browser: SimulatedBrowser = {
    faults: { lost: 0, doubled: 0, late: 2 },
    wallOffset: 0,
    sleptFor: 0,
    asleep: false,
    get messages() {
      return messages
    },
    storage: new Map(),
    locks: new Map(),
    openPort: (name, receive) => {
      const port: Port = {
        post: (data) => {
          messages += 1
          for (const [other, { name: otherName }] of ports) {
            if (other === port || otherName !== name) continue
            if (random() >= browser.faults.lost) deliver(other, data)
          }
        },
        close: () => ports.delete(port),
      }
      ports.set(port, { name, receive })
      return port
    },
  }
  return browser
}
