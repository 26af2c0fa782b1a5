/** Unsaved work, to see what happens to it when the session ends. */
export function NotesForm() {
  return (
    <form className="card notes" onSubmit={(event) => event.preventDefault()}>
      <h2>
        <label htmlFor="notes">Notes</label>
      </h2>
      <textarea
        id="notes"
        name="notes"
        rows={9}
        aria-describedby="notes-hint"
        placeholder="What was agreed, and what comes next"
      />
      <p className="hint" id="notes-hint">
        A draft, kept in this page only.
      </p>
    </form>
  )
}
