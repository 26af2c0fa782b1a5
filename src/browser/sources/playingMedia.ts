import type { ActivitySource } from '../ports/input.js'

/**
 * Audio or video that the user follows: it plays with sound and does not loop. A muted or looping clip
 * is decoration, and must not keep a session alive all night.
 */
export function playingMedia(): ActivitySource {
  return (recordActivity) => {
    // `timeupdate` fires while media plays, and not while it is paused or stalled, so no timer is needed.
    function onProgress({ target }: Event): void {
      if (!(target instanceof HTMLMediaElement)) return
      const { paused, muted, volume, loop } = target
      if (!paused && !muted && volume > 0 && !loop) recordActivity()
    }

    addEventListener('timeupdate', onProgress, true)
    return () => removeEventListener('timeupdate', onProgress, true)
  }
}
