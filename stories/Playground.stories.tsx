import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, screen } from 'storybook/test'
import {
  SessionSecurityProvider,
  type SessionSecurityProviderProps,
} from '../src/dialog/SessionSecurityProvider.js'
import { ar } from '../src/messages/ar.js'
import { ca } from '../src/messages/ca.js'
import { cs } from '../src/messages/cs.js'
import { cy } from '../src/messages/cy.js'
import { de } from '../src/messages/de.js'
import { en } from '../src/messages/en.js'
import { es } from '../src/messages/es.js'
import { fr } from '../src/messages/fr.js'
import { it } from '../src/messages/it.js'
import { nl } from '../src/messages/nl.js'
import { pl } from '../src/messages/pl.js'
import { ptBR } from '../src/messages/pt-BR.js'
import { ptPT } from '../src/messages/pt-PT.js'
import type { MockServerOptions } from '../src/msw.js'
import { CaseApp } from './CaseApp.js'
import { withServer } from './withServer.js'

const languages = {
  English: en,
  العربية: ar,
  Català: ca,
  Čeština: cs,
  Cymraeg: cy,
  Deutsch: de,
  Español: es,
  Français: fr,
  Italiano: it,
  Nederlands: nl,
  Polski: pl,
  'Português (Brasil)': ptBR,
  'Português (Portugal)': ptPT,
}

interface Choices
  extends Required<Pick<SessionSecurityProviderProps, 'extendOn' | 'expiredAction'>> {
  warnAfter: number
  expireAfter: number
  language: keyof typeof languages
}

/** A session with your own limits: see "Controls". */
const meta = {
  argTypes: {
    warnAfter: { name: 'warnAfter, in s', control: { type: 'number', min: 1 } },
    expireAfter: { name: 'expireAfter, in s', control: { type: 'number', min: 2 } },
    extendOn: { control: 'inline-radio', options: ['activity', 'button'] },
    expiredAction: { control: 'inline-radio', options: ['screen', 'lock', 'reload'] },
    language: { control: 'select', options: Object.keys(languages) },
  },
  args: {
    warnAfter: 4,
    expireAfter: 64,
    extendOn: 'activity',
    expiredAction: 'screen',
    language: 'English',
  },
  render: ({ language, extendOn, expiredAction, ...limits }) => (
    <SessionSecurityProvider
      // Changed limits need a new server and a new session.
      key={JSON.stringify([limits, extendOn, expiredAction, language])}
      endpoint={endpoint}
      extendOn={extendOn}
      expiredAction={expiredAction}
      messages={languages[language]}
    >
      <CaseApp />
    </SessionSecurityProvider>
  ),
} satisfies Meta<Choices>

export default meta

const endpoint = '/playground'

const { beforeEach, play } = withServer(endpoint, policyOf, async ({ canvas }) => {
  await canvas.findByText('active')
  const options = { name: "You're about to be signed out" }
  await expect(await screen.findByRole('alertdialog', options, { timeout: 8_000 })).toBeVisible()
})

export const Playground: StoryObj<typeof meta> = { beforeEach, play }

function policyOf({ warnAfter, expireAfter }: Choices): MockServerOptions {
  return { policy: { warnAfter: warnAfter * 1_000, expireAfter: expireAfter * 1_000 } }
}
