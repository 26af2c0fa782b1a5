import { read, write } from '../document/dom.js'

/** Replaces the title, which may name a patient. A title that the app sets meanwhile is shown afterwards. */
export function replaceTitle(neutral: string, of: Document): () => void {
  let hidden = read(of, 'title')
  function neutralize(): void {
    const title = read(of, 'title')
    if (title === neutral) return
    hidden = title
    write(of, 'title', neutral)
  }
  write(of, 'title', neutral)
  // Watch the whole document: the head may be replaced, and a title may be elsewhere.
  const observer = new MutationObserver(neutralize)
  observer.observe(of, { subtree: true, childList: true, characterData: true })
  return () => {
    observer.disconnect()
    if (read(of, 'title') === neutral) write(of, 'title', hidden)
  }
}
