import { render, screen } from '@testing-library/react'
import { Component, type ReactNode, StrictMode, version } from 'react'
import { version as domVersion } from 'react-dom'
import { beforeEach, expect, test, vi } from 'vitest'
import { createSession, SessionSecurityProvider, useSessionSecurity } from '../../src/index.js'
import { type BackEnd, endpoint, startBackEnd } from './backEnd.js'
import { pass, stopTime } from './pass.js'

let backEnd: BackEnd

beforeEach(async () => {
  stopTime()
  backEnd = startBackEnd()
  await backEnd.signIn('ada')
})

test('is tested with the React that the project is named after', ({ task }) => {
  const major = task.file.projectName === 'react-18' ? '18' : '19'
  expect(version.split('.')[0]).toBe(major)
  expect(domVersion).toBe(version)
})

test('makes a session from its options, and asks once in Strict Mode', async () => {
  render(
    <StrictMode>
      <SessionSecurityProvider endpoint={endpoint}>
        <Status />
      </SessionSecurityProvider>
    </StrictMode>,
  )
  expect(screen.getByText('checking')).toBeVisible()

  await pass(500)

  expect(screen.getByText('active')).toBeVisible()
  expect(backEnd.asked).toEqual([{ method: 'POST', v: 1 }])
})

function Status() {
  return <p>{useSessionSecurity((session) => session.status)}</p>
}
