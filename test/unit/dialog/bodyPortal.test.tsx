import { render, screen } from '@testing-library/react'
import { type ReactNode, StrictMode, useLayoutEffect } from 'react'
import { expect, test, vi } from 'vitest'
import { BodyPortal } from '../../../src/dialog/modal/BodyPortal.js'

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))

function WhenMounted({ call, children }: { call: () => void; children?: ReactNode }) {
  useLayoutEffect(() => {
    call()
  }, [call])
  return children
}

test('puts its children at the end of the body, before their effects run', () => {
  const wasThere = vi.fn(() => expect(screen.getByText('Inside').isConnected).toBe(true))
  render(
    <div id="app">
      <BodyPortal>
        <WhenMounted call={wasThere}>
          <p>Inside</p>
        </WhenMounted>
      </BodyPortal>
    </div>,
  )
  expect(wasThere).toHaveBeenCalled()
  expect(document.body.lastElementChild).toContainElement(screen.getByText('Inside'))
  expect(document.getElementById('app')).not.toContainElement(screen.getByText('Inside'))
})

test('takes its container out of the body with the next frame', async () => {
  const { unmount } = render(
    <BodyPortal>
      <p>Inside</p>
    </BodyPortal>,
  )
  const container = document.body.lastElementChild
  expect(container).toContainElement(screen.getByText('Inside'))
  unmount()
  await frame()
  expect(container?.isConnected).toBe(false)
})

test('keeps its container when Strict Mode mounts it again', async () => {
  render(
    <StrictMode>
      <BodyPortal>
        <p>Inside</p>
      </BodyPortal>
    </StrictMode>,
  )
  await frame()
  await frame()
  expect(screen.getByText('Inside').isConnected).toBe(true)
})
