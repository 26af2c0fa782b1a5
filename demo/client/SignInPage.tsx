import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ApiError, signIn } from './api.js'
import { Brand } from './Brand.js'

/** The sign-in page. It shows what went wrong beside the button, and keeps what was typed. */
export function SignInPage({ onSignedIn }: { onSignedIn: (user: string) => void }) {
  const [problem, setProblem] = useState('')
  const [pending, setPending] = useState(false)
  const firstField = useRef<HTMLInputElement>(null)

  // A user who pressed "Sign in again" has lost the focus with that button.
  useEffect(() => firstField.current?.focus(), [])

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (pending) return
    const form = new FormData(event.currentTarget)
    setPending(true)
    setProblem('')
    try {
      onSignedIn(await signIn(String(form.get('username')), String(form.get('password'))))
    } catch (error) {
      setProblem(problemOf(error))
      setPending(false)
    }
  }

  return (
    <main className="sign-in">
      <form className="card sign-in-card" onSubmit={submit}>
        <Brand />
        <h1>Sign in</h1>
        <label>
          Username
          <input
            ref={firstField}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            required
          />
        </label>
        <label>
          Password
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        <p className="problem" role="alert">
          {problem}
        </p>
        <button className="button primary" type="submit" aria-disabled={pending}>
          {pending ? 'Signing in…' : 'Sign in'}
        </button>
        <p className="hint">
          A demo: sign in as <kbd>ada</kbd> or <kbd>bob</kbd>. The password is the name.
        </p>
      </form>
    </main>
  )
}

function problemOf(error: unknown): string {
  const { status, reason } = error instanceof ApiError ? error : { status: 0, reason: undefined }
  if (status === 401) return 'This username and password do not belong together.'
  return reason ?? 'The server could not be reached. Please try again.'
}
