import type { ReactNode } from 'react'
import { SessionSecurityProvider } from 'react-session-security'
import 'react-session-security/styles.css'

export const metadata = { title: 'A fresh Next.js app', icons: { icon: 'data:,' } }

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <SessionSecurityProvider endpoint="/session-security" signIn="/sign-in">
          {children}
        </SessionSecurityProvider>
      </body>
    </html>
  )
}
