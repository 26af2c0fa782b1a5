import { createSession, type Verdict } from '../../../../src/core.js'
import { type Opening, openings } from './openings.js'

declare global {
  interface Window {
    /** Ends the session, which covers the page for good: nobody here says that the content is gone. */
    cover(): Promise<void>
    /** The same person signs in again. */
    uncover(): Promise<void>
    show(name: Opening): Promise<void>
    waitForFrames(count: number): Promise<void>
  }
}

const query = new URLSearchParams(location.search)
/** Time left when the page opens, in ms. */
const left = Number(query.get('left') ?? 600_000)
/** Pages of one browser profile that have nothing to do with each other have names of their own. */
const name = query.get('name') ?? 'cover'

let verdict: Verdict = active('1')

const session = createSession({ name, transport: { ask: async () => verdict } })
session.start()

window.cover = () => {
  verdict = { state: 'ended', reason: 'idle', session: '1' }
  return session.check()
}
window.uncover = () => {
  verdict = active('2')
  return session.check()
}
window.show = async (opening) => openings[opening]()
window.waitForFrames = async (count) => {
  for (let frame = 0; frame < count; frame += 1) {
    await new Promise((next) => requestAnimationFrame(next))
  }
}

function active(id: string): Verdict {
  return { state: 'active', remaining: left, session: id, subject: 'ada' }
}
