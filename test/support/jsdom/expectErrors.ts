import { onTestFinished, vi } from 'vitest'

/** Errors are meant to be thrown while rendering: nobody has to read of them. */
export function expectErrors(): void {
  const complain = vi.spyOn(console, 'error').mockImplementation(() => {})
  const quiet = (event: Event) => event.preventDefault()
  addEventListener('error', quiet)
  onTestFinished(() => {
    complain.mockRestore()
    removeEventListener('error', quiet)
  })
}
