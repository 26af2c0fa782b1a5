import { Content, show } from './frame.jsx'

// For comparison: the least that a page can do to know when somebody was last there.
let last = 0
window.addEventListener(
  'mousemove',
  () => {
    last = performance.now()
  },
  { passive: true, capture: true },
)
window.lastSeen = () => last

show(<Content />)
