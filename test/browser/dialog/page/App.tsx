import * as Dialog from '@radix-ui/react-dialog'
import { useRef, useState } from 'react'
import * as SecondDialog from 'second-radix'

/** An app with all that a warning must not destroy, lose its way back to, or be hidden by. */
export function App() {
  const native = useRef<HTMLDialogElement | null>(null)
  const [clicks, setClicks] = useState(0)
  const [radix, setRadix] = useState(false)
  const [second, setSecond] = useState(false)
  const [field, setField] = useState(true)
  return (
    <main id="main">
      <h1>Case 4711</h1>
      <p id="clicks">{clicks} clicks</p>
      <button type="button" id="click-me" onClick={() => setClicks((count) => count + 1)}>
        Click me
      </button>
      <button type="button" id="open-native" onClick={() => native.current?.showModal()}>
        Open a native dialog
      </button>
      <button type="button" id="open-radix" onClick={() => setRadix(true)}>
        Open a Radix dialog
      </button>
      <button type="button" id="open-second" onClick={() => setSecond(true)}>
        Open a dialog of a second Radix
      </button>
      <button type="button" id="remove-field" onClick={() => setField(false)}>
        Remove the field
      </button>
      <div style={{ blockSize: '120vh' }} />
      {field && (
        <label>
          Notes <textarea id="notes" defaultValue="The applicant called on Monday and" />
        </label>
      )}
      <div id="editor" contentEditable suppressContentEditableWarning>
        Dear Ms Lovelace,
      </div>
      <iframe
        id="frame"
        title="Form of another department"
        srcDoc='<input id="inner" value="inside">'
      />
      <dialog id="native" ref={native} aria-label="The app's own dialog">
        <input id="native-field" aria-label="Field in the app's dialog" />
      </dialog>
      <Dialog.Root open={radix} onOpenChange={setRadix}>
        <Dialog.Portal>
          <Dialog.Content id="radix" aria-describedby={undefined}>
            <Dialog.Title>The app's Radix dialog</Dialog.Title>
            <input id="radix-field" aria-label="Field in the Radix dialog" />
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
      <SecondDialog.Root open={second} onOpenChange={setSecond}>
        <SecondDialog.Portal>
          <SecondDialog.Content id="second" aria-describedby={undefined}>
            <SecondDialog.Title>A dialog of a second Radix</SecondDialog.Title>
            <input id="second-field" aria-label="Field of the second Radix" />
          </SecondDialog.Content>
        </SecondDialog.Portal>
      </SecondDialog.Root>
    </main>
  )
}
