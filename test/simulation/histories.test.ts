import fc from 'fast-check'
import { expect, test } from 'vitest'
import { history, type Step } from '../support/simulation/history.js'
import { type Judge, run } from '../support/simulation/run.js'

/** `npm run test:simulation` sets more of them. */
const histories = Number(process.env.HISTORIES ?? 3_000)
const seed = process.env.SEED ?? (process.env.HISTORIES ? undefined : '20261121')

test.each<[Judge, number]>([
  ['server', histories],
  // As with django-session-security; a fifth of them, as they are the exception.
  ['server without handles', Math.ceil(histories / 5)],
  ['no server', Math.ceil(histories / 5)],
])('generated histories break no invariant: %s', { timeout: 3_600_000 }, async (judge, numRuns) => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), history, async (seed, steps) => {
      await run(seed, steps, judge)
    }),
    // The same ones in each `npm test`; new ones where more are asked for.
    { numRuns, ...(seed && { seed: Number(seed) }) },
  )
})

/** Found by the histories above, and mended since. */
test.for<[string, boolean, number, Step[]]>([
  [
    'a wish to stay alone was not taken for news, and ended other tabs',
    true,
    995_147_908,
    [
      { kind: 'wait', ms: 119_857 },
      { kind: 'input', tab: 0, times: 1 },
    ],
  ],
  [
    'another tab brought a page back that was signed out before it knew its session',
    true,
    0,
    [
      { kind: 'signIn', person: 'ada', tab: 0 },
      { kind: 'server', mood: 'odd' },
      { kind: 'signIn', person: 'ada', tab: 0 },
      { kind: 'signOut', tab: 0 },
      { kind: 'input', tab: 0, times: 5 },
    ],
  ],
  [
    'an answer from before a clock was set back, and a sleep after, was believed',
    false,
    0,
    [
      { kind: 'freeze', tab: 0 },
      { kind: 'signIn', person: 'ada', tab: 0 },
      { kind: 'stepClock', ms: -3_600_000 },
      { kind: 'sleep', ms: 105_051 },
    ],
  ],
  [
    'an answer that had waited in a frozen tab showed a page again, after somebody else signed in',
    true,
    0,
    [
      { kind: 'revoke' },
      { kind: 'stepClock', ms: 3_600_000 },
      { kind: 'wait', ms: 73 },
      { kind: 'signIn', person: 'ada', tab: 1 },
      { kind: 'stepClock', ms: 3_600_000 },
      { kind: 'freeze', tab: 0 },
      { kind: 'signIn', person: 'bob', tab: 1 },
    ],
  ],
  [
    'what rested since before the clock was set back was told to the server as too recent',
    false,
    0,
    [
      { kind: 'server', mood: 'refusing' },
      { kind: 'stepClock', ms: -5_000 },
      { kind: 'wait', ms: 66_299 },
      { kind: 'reload', tab: 0 },
      { kind: 'wait', ms: 30_656 },
      { kind: 'sleep', ms: 8_086 },
    ],
  ],
  [
    'what waited in a frozen tab while the clock was set forward and back again counted as too recent',
    true,
    0,
    [
      { kind: 'freeze', tab: 0 },
      { kind: 'wait', ms: 517 },
      { kind: 'stepClock', ms: 3_600_000 },
      { kind: 'wait', ms: 119_377 },
      { kind: 'stepClock', ms: -5_000 },
    ],
  ],
  [
    'a tab whose question hung backed off, though another had just been answered for a newer sign-in',
    true,
    0,
    [
      { kind: 'input', tab: 0, times: 3 },
      { kind: 'server', mood: 'silent' },
      { kind: 'signIn', person: 'ada', tab: 0 },
      { kind: 'signIn', person: 'ada', tab: 3 },
      { kind: 'wait', ms: 54_106 },
      { kind: 'input', tab: 0, times: 12 },
      { kind: 'input', tab: 0, times: 6 },
      { kind: 'wait', ms: 1_543 },
    ],
  ],
  [
    'a tab without an answer, whose question hung, counted as reachable again when it heard of one',
    true,
    -2_147_483_347,
    [
      { kind: 'open' },
      { kind: 'freeze', tab: 8 },
      { kind: 'messages', lost: 0, doubled: 0.5, late: 2 },
      { kind: 'signOut', tab: 0 },
      { kind: 'server', mood: 'silent' },
      { kind: 'reload', tab: 0 },
      { kind: 'wait', ms: 115_447 },
      { kind: 'input', tab: 1, times: 10 },
    ],
  ],
])('no more: %s', async ([, handles, seed, steps]) => {
  await run(seed, steps, handles ? 'server' : 'server without handles')
})

test('left: as much sleep as the clock was set back in a frozen tab goes unnoticed, and no more', async () => {
  await run(0, [
    { kind: 'freeze', tab: 0 },
    { kind: 'stepClock', ms: -5_000 },
    { kind: 'wait', ms: 100_440 },
    { kind: 'sleep', ms: 4_601 },
  ])
})

/** Each invariant has caught the core when it was broken on purpose: how, and the history that did. */
test.for<[string, string, number, Step[]]>([
  ['shown past its deadline', 'the end counted 5 s later', 0, [{ kind: 'wait', ms: 105_051 }]],
  [
    'revived without a new sign-in',
    'what other tabs say believed after the end',
    -1_363_869_056,
    [
      { kind: 'wait', ms: 508 },
      { kind: 'signOut', tab: 0 },
      { kind: 'reload', tab: 0 },
    ],
  ],
  [
    "one person's page shown to another",
    'any person taken for the same',
    0,
    [
      { kind: 'stepClock', ms: 3_600_000 },
      { kind: 'open' },
      { kind: 'server', mood: 'refusing' },
      { kind: 'wait', ms: 538 },
      { kind: 'freeze', tab: 8 },
      { kind: 'input', tab: 0, times: 3 },
      { kind: 'signIn', person: 'bob', tab: 0 },
      { kind: 'wait', ms: 60 },
    ],
  ],
  [
    'idle while the server gives time',
    'the end counted 3 s early',
    0,
    [{ kind: 'wait', ms: 116_907 }],
  ],
  [
    'over without a warning',
    'the status never `warning`',
    0,
    [
      { kind: 'wait', ms: 119_892 },
      { kind: 'input', tab: 0, times: 1 },
    ],
  ],
  ['over but not covered', 'uncovered at the end', 0, [{ kind: 'wait', ms: 104_892 }]],
  ['nothing armed', 'no wake-up for the end', 0, [{ kind: 'wait', ms: 104_879 }]],
  ['the tabs disagree', "others' activity not merged", 0, [{ kind: 'wait', ms: 42_902 }]],
  [
    'a sign-out is confirmed that ended nothing',
    'an answer about another session taken for a confirmation',
    0,
    [
      { kind: 'signInElsewhere', person: 'ada' },
      { kind: 'signOut', tab: 0 },
      { kind: 'wait', ms: 1_000 },
    ],
  ],
  [
    'given an answer of another person',
    'answers compared with nothing',
    0,
    [
      { kind: 'signInElsewhere', person: 'bob' },
      { kind: 'request', tab: 0, cached: false },
    ],
  ],
  [
    'shown past its deadline',
    'repeated headers believed',
    0,
    [
      { kind: 'request', tab: 0, cached: true },
      { kind: 'wait', ms: 50_000 },
      { kind: 'request', tab: 0, cached: true },
      { kind: 'request', tab: 1, cached: true },
      { kind: 'wait', ms: 69_000 },
      { kind: 'request', tab: 0, cached: true },
      { kind: 'request', tab: 1, cached: true },
      { kind: 'wait', ms: 2_000 },
    ],
  ],
  ['still checking', 'doubt never cleared', 0, [{ kind: 'stepClock', ms: -3_600_000 }]],
])('seen to fail: %s, with %s', async ([, , seed, steps]) => {
  await run(seed, steps)
})

test('a run is repeated exactly by its seed', async () => {
  const [steps] = fc.sample(history, { seed: 7, numRuns: 1 })
  const [one, two] = [await run(7, steps ?? []), await run(7, steps ?? [])]
  expect(one.timeline()).toBe(two.timeline())
})
