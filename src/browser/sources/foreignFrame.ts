import type { ActivitySource } from '../ports/input.js'
import { activityMessage } from './announceActivity.js'

export interface ForeignFrameOptions {
  /** The frame's exact origin: `'https://forms.example'`. Never a wildcard. */
  origin: string
  /** The frame, looked up for each message. */
  frame: () => HTMLIFrameElement | null
}

/** A frame's messages count at most this often (ms). */
const countEveryMs = 1_000

/**
 * Input in a frame of another origin that calls `announceActivity`. Only messages from that frame and
 * that origin count. Mind that such a frame can keep the session alive.
 *
 * @throws if `origin` is not an exact origin.
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
      if (event.timeStamp - heardAt < countEveryMs) return
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
