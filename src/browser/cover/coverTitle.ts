import { read, write } from '../document/dom.js'

/** The title may name a patient. What the app sets meanwhile is kept, and shown afterwards. */
export function replaceTitle(neutral: string, of: Document): () => void {
  let hidden = read(of, 'title')
  function neutralize(): void {
    const title = read(of, 'title')
    if (title === neutral) return
    hidden = title
    write(of, 'title', neutral)
  }
  write(of, 'title', neutral)
  // All of the document: the head may be exchanged, and a title may stand elsewhere.
  const observer = new MutationObserver(neutralize)
  observer.observe(of, { subtree: true, childList: true, characterData: true })
  return () => {
    observer.disconnect()
    if (read(of, 'title') === neutral) write(of, 'title', hidden)
  }
}
