import './caseApp.css'

/** The app's own form. Any password works. */
export function SignInForm({ onSignedIn }: { onSignedIn: () => Promise<void> }) {
  return (
    <form
      className="sign-in-form"
      onSubmit={(event) => {
        event.preventDefault()
        void onSignedIn()
      }}
    >
      <label>
        Password
        <input type="password" autoComplete="current-password" required />
      </label>
      <button type="submit">Sign in</button>
    </form>
  )
}
