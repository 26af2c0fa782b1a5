import { readdirSync } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

export interface MachineClock {
  /** For the server's process: all of its clocks move, as if it had been awake. */
  serverEnvironment: NodeJS.ProcessEnv
  /** For the browser: the wall clock of its pages moves, the monotonic one does not, as in sleep. */
  browserArguments: string[]
  /** How far ahead of the true time it is, in ms. Seen by everybody when it resolves. */
  set(ahead: number): Promise<void>
  remove(): Promise<void>
}

/** A wall clock that a test can set, for real processes: by libfaketime. */
export async function machineClock(): Promise<MachineClock> {
  const folder = await mkdtemp(join(tmpdir(), 'machine-clock-'))
  const file = join(folder, 'ahead')
  const faked = {
    LD_PRELOAD: libfaketime(),
    FAKETIME_TIMESTAMP_FILE: file,
    // The file is read once in each second: at each look, pages would be fifty times slower.
    FAKETIME_CACHE_DURATION: '0',
    FAKETIME_DONT_RESET: '1',
  }
  const wrapper = join(folder, 'renderer')
  const forPages = {
    ...faked,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    // With it, threads of a page that wait would spin.
    FAKETIME_FORCE_MONOTONIC_FIX: '0',
  }
  const lines = Object.entries(forPages).map(([name, value]) => `export ${name}='${value}'`)
  await writeFile(wrapper, `#!/bin/sh\n${lines.join('\n')}\nexec "$@"\n`, { mode: 0o755 })

  async function set(ahead: number): Promise<void> {
    // Renamed, so that nobody reads half of it.
    await writeFile(`${file}.new`, `${ahead < 0 ? '' : '+'}${ahead / 1_000}`)
    await rename(`${file}.new`, file)
    await pause(1_100)
  }

  await writeFile(file, '+0')
  return {
    serverEnvironment: faked,
    browserArguments: ['--no-zygote', `--renderer-cmd-prefix=${wrapper}`],
    set,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

function libfaketime(): string {
  for (const folder of readdirSync('/usr/lib')) {
    const inside = `/usr/lib/${folder}/faketime`
    try {
      const name = readdirSync(inside).find((each) => each.startsWith('libfaketimeMT.so'))
      if (name) return join(inside, name)
    } catch {
      // Not that folder.
    }
  }
  throw new Error('libfaketime is not installed: run `npm run setup`.')
}
