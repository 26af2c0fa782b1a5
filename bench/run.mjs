// Measures this library and others on the same page under the same load, and writes bench/RESULTS.md:
// `npm run bench`. ROUNDS (default 3) sets how often each cycle runs. About half an hour.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, release } from 'node:os'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { faults } from './faults.mjs'
import { median, say, version } from './figures.mjs'
import { importTypeScript } from './importTypeScript.mjs'
import { libraries, startSite } from './sites.mjs'
import { openBrowser, openTabs, pause } from './tabs.mjs'

const rounds = Number(process.env.ROUNDS ?? 3)
const policy = { warnAfter: 5_000, expireAfter: 10_000 }
const long = { warnAfter: 780_000, expireAfter: 900_000 }
const tabCounts = [1, 5, 10, 50]
/** Fifty tabs are opened once: they only show a number of requests. */
const roundsOf = (count) => (count > 10 ? 1 : rounds)
const bursts = 8

const { machineClock } = await importTypeScript('test/support/browser/machineClock.ts')
const { realBrowser } = await importTypeScript('test/support/browser/realBrowser.ts')
const loadBefore = loadavg()[0]
const { browser, close } = await openBrowser()
const browserVersion = browser.version()
try {
  const cycles = await measureCycles()
  const hidden = await measureHidden()
  const movement = await measureMovement()
  const eventCosts = await measureEventCosts()
  const behaviours = await runFaults()
  const sizes = await measureSizes()
  writeFileSync(
    'bench/RESULTS.md',
    report({ cycles, hidden, movement, eventCosts, behaviours, sizes }),
  )
  say('bench/RESULTS.md is written.')
} finally {
  await close()
}

async function measureCycles() {
  const cycles = {}
  for (const library of Object.keys(libraries)) {
    const site = await startSite(library, policy)
    for (const count of tabCounts) {
      for (let round = 1; round <= roundsOf(count); round += 1) {
        say(`${libraries[library]}: ${count} idle tabs, round ${round}`)
        const opened = await openTabs(browser, site, { count, policy })
        cycles[library] ??= {}
        cycles[library][count] ??= []
        cycles[library][count].push(await idleCycle(opened))
        await opened.context.close()
      }
    }
    await site.stop()
  }
  return cycles
}

/** The time from the last input to the end, in all tabs. */
async function idleCycle({ tabs, asked, moments, idleSince }) {
  const warned = await Promise.all(tabs.map((tab) => moment(moments, tab, 'warned')))
  const renders = await rendersASecond(tabs)
  const over = await Promise.all(tabs.map((tab) => moment(moments, tab, 'over')))
  const cycleStart = idleSince + policy.warnAfter - 2_000
  return {
    requests: asked.filter((at) => at > cycleStart).length,
    warnSpread: spreadOf(warned),
    warnLate: Math.max(...warned) - idleSince - policy.warnAfter,
    overSpread: spreadOf(over),
    overLate: Math.max(...over) - idleSince - policy.expireAfter,
    renders,
  }
}

/** Renders of the content, which reads the status, in each tab between warning and end. */
async function rendersASecond(tabs) {
  const seconds = 3
  const before = await readings(tabs)
  await pause(seconds * 1_000)
  const after = await readings(tabs)
  return (after.renders - before.renders) / seconds / tabs.length
}

/** Ten tabs as a user has them, all but the last one hidden. (A browser that a driver starts hides none.) */
function measureHidden() {
  return measureRounds('nine hidden tabs', policy, async (site) => {
    const { context, close } = await realBrowser()
    const opened = await openTabs({ newContext: () => context }, site, { count: 10, policy })
    const cycle = await idleCycle(opened)
    await close()
    return cycle
  })
}

/** When it was seen in a tab; NaN if it was not seen within twice the policy's time. */
async function moment(moments, tab, name) {
  for (let tries = 0; tries < 400; tries += 1) {
    const at = moments.get(tab)?.[name]
    if (at !== undefined) return at
    await pause(50)
  }
  return Number.NaN
}

/** Ten seconds of mouse movement in one of ten tabs. */
function measureMovement() {
  return measureRounds('mouse movement', long, async (site) => {
    const { context, tabs } = await openTabs(browser, site, { count: 10, policy: long })
    await pause(1_500)
    const cdp = await context.newCDPSession(tabs.at(-1))
    const before = await readings(tabs)
    await move(cdp, 10_000)
    await pause(300)
    const after = await readings(tabs)
    await context.close()
    return Object.fromEntries(Object.keys(after).map((key) => [key, after[key] - before[key]]))
  })
}

/** What `measure` returns for each library, one site at a time, for each round. */
async function measureRounds(what, sitePolicy, measure) {
  const measured = {}
  for (const library of Object.keys(libraries)) {
    measured[library] = []
    const site = await startSite(library, sitePolicy)
    for (let round = 1; round <= rounds; round += 1) {
      say(`${libraries[library]}: ${what}, round ${round}`)
      measured[library].push(await measure(site))
    }
    await site.stop()
  }
  return measured
}

/**
 * One tab per library, and the mouse moves in each in turn, ten seconds each, forth and back. So whatever else
 * the machine does affects all, and each burst is compared with the bare listener's of the same turn.
 */
async function measureEventCosts() {
  const kinds = ['nothing', ...Object.keys(libraries)]
  const open = {}
  for (const kind of kinds) {
    const site = await startSite(kind, long)
    const { context, tabs } = await openTabs(browser, site, { count: 1, policy: long })
    const cdp = await context.newCDPSession(tabs[0])
    // The thread's CPU time: time that the machine gave to other processes does not count.
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
    open[kind] = { site, context, tab: tabs[0], cdp }
  }
  await pause(1_500)
  const costs = Object.fromEntries(kinds.map((kind) => [kind, []]))
  for (let burst = 1; burst <= bursts; burst += 1) {
    say(`what an event costs, burst ${burst}`)
    for (const kind of burst % 2 ? kinds : kinds.toReversed()) {
      const before = await scriptAndMoves(open[kind])
      await move(open[kind].cdp, 10_000)
      const after = await scriptAndMoves(open[kind])
      costs[kind].push((after.script - before.script) / (after.moves - before.moves))
    }
  }
  for (const { context, site } of Object.values(open)) {
    await context.close()
    await site.stop()
  }
  return costs
}

/** The tab's CPU time in script (µs), and the moves that it saw. */
async function scriptAndMoves({ cdp, tab }) {
  const { metrics } = await cdp.send('Performance.getMetrics')
  const script = metrics.find(({ name }) => name === 'ScriptDuration').value * 1e6
  return { script, moves: await tab.evaluate(() => window.counts.moves) }
}

async function move(cdp, duration) {
  const end = performance.now() + duration
  const sent = []
  for (let step = 0, due = performance.now(); due < end; step += 1, due += 8) {
    const wait = due - performance.now()
    if (wait > 0) await pause(wait)
    const at = { x: 100 + (step % 200), y: 100 + (step % 150) }
    // Do not wait: the browser answers with its next frame, which is later than the next move is due.
    sent.push(cdp.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...at }))
  }
  await Promise.all(sent)
}

async function readings(tabs) {
  const all = await Promise.all(
    tabs.map((tab) => tab.evaluate(() => ({ ...window.counts, renders: window.renders }))),
  )
  const own = all.at(-1)
  const sum = (key) => all.reduce((total, each) => total + each[key], 0)
  return {
    moves: own.moves,
    timers: own.timers,
    timersAll: sum('timers'),
    messages: sum('messages'),
    writes: sum('writes'),
    renders: sum('renders'),
  }
}

async function runFaults() {
  const rows = []
  for (const fault of faults) {
    const cells = {}
    for (const library of Object.keys(libraries)) {
      say(`${libraries[library]}: ${fault.name}`)
      if (fault.without?.includes(library)) {
        cells[library] = '–'
        continue
      }
      // A fault may kill or stop pages, so each gets its own browser, in which the pages' clock can be set.
      const clock = await machineClock()
      const own = await openBrowser(clock.browserArguments)
      const site = await startSite(library, policy)
      try {
        cells[library] = await fault.run({ browser: own.browser, site, policy, clock })
      } finally {
        await own.close()
        await site.stop()
        await clock.remove()
      }
    }
    rows.push({ name: fault.name, meant: fault.meant, cells })
  }
  return rows
}

async function measureSizes() {
  const outside = ['react', 'react-dom', 'react/jsx-runtime', '@tanstack/react-query']
  const modules = {
    'react-session-security': './dist/src/index.js',
    'react-session-security/headless': './dist/src/headless.js',
    'react-session-security/core': './dist/src/core.js',
    '@radix-ui/react-dialog': '@radix-ui/react-dialog',
    'react-idle-timer': 'react-idle-timer',
  }
  const sizes = {}
  for (const [name, module] of Object.entries(modules)) {
    const { outputFiles } = await build({
      stdin: { contents: `export * from '${module}'`, resolveDir: '.' },
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      target: 'es2022',
      logLevel: 'error',
      external: outside,
      define: { 'process.env.NODE_ENV': '"production"' },
    })
    sizes[name] = gzipSync(outputFiles[0].contents, { level: 9 }).byteLength
  }
  return sizes
}

function report({ cycles, hidden, movement, eventCosts, behaviours, sizes }) {
  const names = Object.values(libraries)
  const cell = (library, count, key, format) => format(cycles[library][count].map((it) => it[key]))
  const cycleTable = (title, key, format) =>
    table(
      [title, ...names],
      tabCounts.map((count) => [
        `${count} ${count === 1 ? 'tab' : 'tabs'}`,
        ...Object.keys(libraries).map((library) => cell(library, count, key, format)),
      ]),
    )
  const rowOf = (measured) => (title, key) => [
    title,
    ...Object.keys(libraries).map((library) => plain(measured[library].map((it) => it[key]))),
  ]
  const hiddenRow = rowOf(hidden)
  const movementRow = rowOf(movement)
  const timesBare = (library) =>
    eventCosts[library].map((cost, burst) => cost / eventCosts.nothing[burst])
  return `# Results

Written by \`npm run bench\`; nothing here is typed by hand. ${rounds} rounds of each; where they differ,
the median (of an even number the larger middle one) is given with the smallest and the largest.

| | |
|---|---|
| machine | ${cpus().length} × ${cpus()[0].model}, Linux ${release()}, load average ${loadBefore.toFixed(1)} at the beginning and ${loadavg()[0].toFixed(1)} at the end |
| versions | Node ${process.version.slice(1)}, Chromium ${browserVersion} (headless, every tab visible), React ${version('react')} |
| this library | ${JSON.parse(readFileSync('package.json', 'utf8')).version} |
| react-idle-timer | ${version('react-idle-timer')}, with \`crossTab\` and \`syncTimers: 200\` |
| django-session-security | ${debian('python3-django-session-security')} on Django ${debian('python3-django')}, its own script and middleware, development server |
| hand-written hook | \`bench/pages/handWritten.jsx\`: \`localStorage\` and a look each second |

react-idle-timer and the hook know no server: where they send nothing, nothing ends on one either.

## Idle tabs, warned and ended

Warning after 5 s, end after 10 s, counted from the last mouse movement, in the last of the tabs.

${cycleTable('requests to the endpoint, from 2 s before the warning to the end', 'requests', plain)}

${cycleTable('first to last tab that warns, ms', 'warnSpread', plain)}

${cycleTable('last tab to warn, ms after it was due', 'warnLate', plain)}

${cycleTable('first to last tab that is over, ms', 'overSpread', plain)}

${cycleTable('last tab to be over, ms after it was due', 'overLate', plain)}

${cycleTable('renders a second of content that reads the status, during the warning', 'renders', (all) => spread(all, 1))}

### Hidden

Ten tabs again, in a browser as a person has it: the last tab is in front, the others are hidden, and
Chromium lets their timers ring at full seconds only.

${table(
  ['ms', ...names],
  [
    hiddenRow('first to last tab that warns', 'warnSpread'),
    hiddenRow('last tab to warn, after it was due', 'warnLate'),
    hiddenRow('first to last tab that is over', 'overSpread'),
    hiddenRow('last tab to be over, after it was due', 'overLate'),
  ],
)}

## Mouse movement

Ten seconds of it at 125 Hz in one of ten tabs.

${table(
  ['', ...names],
  [
    movementRow('events seen', 'moves'),
    movementRow('timers set, moved tab', 'timers'),
    movementRow('timers set, all tabs', 'timersAll'),
    movementRow('messages sent, all tabs', 'messages'),
    movementRow('`localStorage` writes, all tabs', 'writes'),
    movementRow('renders of the content, all tabs', 'renders'),
  ],
)}

What one event costs: the moved tab's processor time in script, counting included, beside a page whose listener
stores the time and does nothing else. One tab each, ${bursts} times ten seconds, in turn, forth and back.

${table(
  ['', ...names, 'a bare listener'],
  [
    [
      'script an event, µs',
      ...[...Object.keys(libraries), 'nothing'].map((kind) => plain(eventCosts[kind])),
    ],
    [
      'times the bare listener',
      ...Object.keys(libraries).map((library) => spread(timesBare(library), 2)),
      1,
    ],
  ],
)}

## Faults

The same policy. Each cell is what was seen in one run.

${table(
  ['fault', 'should be', ...names],
  behaviours.map(({ name, meant, cells }) => [
    name,
    meant,
    ...Object.keys(libraries).map((library) => cells[library]),
  ]),
)}

## Size

Minified and gzipped (esbuild), React and TanStack Query outside.

${table(
  ['module', 'bytes', 'times react-idle-timer'],
  Object.entries(sizes).map(([name, bytes]) => [
    `\`${name}\``,
    bytes,
    (bytes / sizes['react-idle-timer']).toFixed(2),
  ]),
)}

## The server

CPU, latency, and memory from a thousand sessions to a million: [server/RESULTS.md](server/RESULTS.md),
written by the same command.
`
}

function table([...head], rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function plain(values) {
  return spread(values, 0)
}

/** The median, with the smallest and largest value if they differ. */
function spread(values, digits) {
  const all = [median(values), Math.min(...values), Math.max(...values)]
  if (all.some(Number.isNaN)) return 'never'
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  const [middle, low, high] = all.map((value) => value.toLocaleString('en-GB', options))
  return low === high ? middle : `${middle} (${low} to ${high})`
}

function spreadOf(moments) {
  return Math.max(...moments) - Math.min(...moments)
}

function debian(name) {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '$' + '{Version}', name], {
    encoding: 'utf8',
  })
  return /[\d.]+/.exec(stdout.replace(/^\d+:/, ''))?.[0] ?? 'unknown'
}
