import type { AddressInfo, Server } from 'node:net'
import type { Policy, SessionStore } from 'react-session-security/server'

/** The settings of each example. In your own app these are constants. */
export interface ExampleOptions {
  port: number
  store: SessionStore
  policy: Policy
  /** For tests, which do not wait long. */
  allowShortWarning?: boolean
  /** The secret for handles: 32 bytes or more, from the environment. */
  secret: string
  /** The secret with which the framework signs its own cookie. */
  cookieSecret: string
  /**
   * Browsers connect over TLS, which ends at a proxy on this machine. The cookie is then
   * `Secure`, and with a `__Host-` name, which no other host and no plain http can set.
   */
  secure: boolean
}

export interface Example {
  url: string
  close(): Promise<void>
}

export async function listening(server: Server, close: () => void): Promise<Example> {
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        close()
        server.close(() => resolve())
        if ('closeAllConnections' in server) (server.closeAllConnections as () => void)()
      }),
  }
}

/** The data that the examples protect. */
export const cases = [{ id: 'C-1', title: 'Housing benefit' }]

/** Stands for a look-up in your users. Here the password is the name. */
export const passwordIsRight = (username: string, password: string) =>
  ['ada', 'bob'].includes(username) && password === username
