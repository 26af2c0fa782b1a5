import type { Meta, StoryObj } from '@storybook/react-vite'
import { HttpResponse, http, passthrough } from 'msw'
import { expect, waitFor } from 'storybook/test'
import { SessionSecurityProvider } from '../src/dialog/SessionSecurityProvider.js'
import { CaseApp } from './CaseApp.js'
import { warning, withServer } from './withServer.js'
import './twoTabs.css'

const endpoint = '/two-tabs'

/** Two tabs of one browser with one session: they warn together, and one answer closes both. */
const meta = {
  component: SessionSecurityProvider,
  args: { endpoint, extendOn: 'button', children: <CaseApp /> },
} satisfies Meta<typeof SessionSecurityProvider>

export default meta
type Story = StoryObj<typeof meta>

/** Not tested with the others, where no pages are served; but the built Storybook is. */
export const SideBySide: Story = {
  ...withServer(endpoint, warning, async ({ canvas }) => {
    for (const tab of await canvas.findAllByTitle<HTMLIFrameElement>(/tab$/)) {
      const shown = () =>
        expect(tab.contentDocument?.querySelector('[role=alertdialog]')).toBeTruthy()
      await waitFor(shown, { timeout: 45_000 })
    }
  }),
  tags: ['!test'],
  render: (_, { globals }) => {
    const oneTab = `iframe.html?id=twotabs--one-tab&viewMode=story&globals=theme:${globals.theme}`
    return (
      <div className="two-tabs">
        <iframe title="One tab" src={oneTab} />
        <iframe title="Another tab" src={oneTab} />
      </div>
    )
  },
}

/** What stands in the frames. */
export const OneTab: Story = {
  tags: ['!dev', '!test', '!autodocs'],
  beforeEach({ msw }) {
    msw.use(http.all(endpoint, ({ request }) => (parent === self ? passthrough() : ask(request))))
  },
}

/** Handlers live in one page, and so does the server: in the one around the frames. */
async function ask(request: Request): Promise<Response> {
  const answer = await parent.fetch(request)
  // An answer without content comes with an empty body, with which it can't be given again.
  return new HttpResponse((await answer.text()) || null, answer)
}
