import {
  createSession,
  foreignFrame,
  playingMedia,
  type Session,
  sameOriginFrames,
} from '../../../../src/core.js'

declare global {
  interface Window {
    session: Session
  }
}

const foreign = new URLSearchParams(location.search).get('foreign')
const foreignFrames = () => document.querySelector<HTMLIFrameElement>('#foreign')

window.session = createSession({
  name: 'activity',
  signedIn: { id: 'sign-in 1', subject: 'ada' },
  policy: { warnAfter: 480_000, expireAfter: 600_000 },
  activity: {
    sources: [
      sameOriginFrames(),
      playingMedia(),
      ...(foreign ? [foreignFrame({ origin: foreign, frame: foreignFrames })] : []),
    ],
  },
})
window.session.start()
