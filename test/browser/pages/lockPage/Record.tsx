import { useRef, useState } from 'react'
import { createPortal } from 'react-dom'

/** Everything about a person that a lock has to hide, and to keep. */
export function Record() {
  const [note, setNote] = useState('')
  const [open, setOpen] = useState(false)
  const dialog = useRef<HTMLDialogElement>(null)
  return (
    <main>
      <div style={{ height: 2_000 }}>Secret in a tall page</div>
      <label>
        Note <textarea value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      <div id="scroller" style={{ height: 100, overflow: 'auto' }}>
        <div style={{ height: 1_000 }}>Secret in a scroller</div>
      </div>
      <button
        type="button"
        onClick={() => {
          setOpen(true)
          dialog.current?.showModal()
        }}
      >
        Details, {open ? 'open' : 'closed'}
      </button>
      <dialog ref={dialog} onClose={() => setOpen(false)}>
        <label>
          Secret in a dialog <input />
        </label>
      </dialog>
      {createPortal(<p>Secret in a portal</p>, document.body)}
    </main>
  )
}
