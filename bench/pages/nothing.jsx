import { Content, show } from './frame.jsx'

// For comparison: a listener that does nothing.
window.addEventListener('mousemove', () => {}, { passive: true, capture: true })

show(<Content />)
