import type { ActivitySource } from '../ports/input.js'
import { activityMessage } from './announceActivity.js'

export interface ForeignFrameOptions {
  /** The frame's exact origin: `'https://forms.example'`. Never a wildcard. */
  origin: string
  /** The frame, looked up for each message. */
  frame: () => HTMLIFrameElement | null
}

/** A frame is believed at most this often, in ms. */
const listenEvery = 1_000

/**
 * Input in a frame of another origin that tells of it by `announceActivity`. Believed only from
 * that frame and that origin: whoever is listed here can keep the session.
 *
 * @throws where `origin` is not an exact origin.
 */
export function foreignFrame({ origin, frame }: ForeignFrameOptions): ActivitySource {
  if (!isOrigin(origin)) {
    throw new TypeError(
      `react-session-security: foreignFrame needs an exact origin, such as "https://forms.example"; received ${JSON.stringify(origin)}.`,
    )
  }
  return (recordActivity) => {
    let heardAt = Number.NEGATIVE_INFINITY

    function onMessage(event: MessageEvent): void {
      if (event.origin !== origin || event.data !== activityMessage) return
      const inner = frame()?.contentWindow
      if (!inner || event.source !== inner) return
      if (event.timeStamp - heardAt < listenEvery) return
      heardAt = event.timeStamp
      recordActivity()
    }

    addEventListener('message', onMessage)
    return () => removeEventListener('message', onMessage)
  }
}

function isOrigin(origin: string): boolean {
  return !origin.includes('*') && URL.canParse(origin) && new URL(origin).origin === origin
}
