import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

export interface DemoOptions {
  /** Seconds, as the demo's environment variables have it. */
  warnAfter?: number
  /** Seconds. */
  expireAfter?: number
  /** Seconds. */
  absoluteTimeout?: number
  extendOn?: 'activity' | 'button'
  expiredAction?: 'screen' | 'lock' | 'reload'
  /** Further environment variables, as for a clock that can be set. */
  environment?: NodeJS.ProcessEnv
}

export interface Demo {
  url: string
  /** Stops answering without closing anything: a hung server. */
  pause(): void
  resume(): void
  stop(): Promise<void>
}

const server = resolve(import.meta.dirname, '../../../dist-demo/server/demo.js')

/** The built demo as a process of its own, on a free port of this machine only. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const child = spawn(process.execPath, [server], {
    env: { ...process.env, PORT: '0', ...environmentOf(options), ...options.environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)

  const url = await Promise.race([
    addressFrom(child.stdout),
    exited.then(([code]) => {
      throw new Error(`The demo's server ended with ${code} before it listened.`)
    }),
  ])

  return {
    url,
    pause: () => child.kill('SIGSTOP'),
    resume: () => child.kill('SIGCONT'),
    async stop() {
      process.off('exit', kill)
      kill()
      await exited
    },
  }
}

async function addressFrom(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(output)) {
    const address = /^Demo: (http\S+)/.exec(line)?.[1]
    if (address) {
      output.resume()
      return address.replace(/\/$/, '')
    }
  }
  throw new Error('The demo’s server ended without saying where it listens.')
}

function environmentOf(options: DemoOptions): NodeJS.ProcessEnv {
  const { warnAfter = 4, expireAfter = 8, absoluteTimeout, extendOn, expiredAction } = options
  return {
    WARN_AFTER: String(warnAfter),
    EXPIRE_AFTER: String(expireAfter),
    ...(absoluteTimeout !== undefined && { ABSOLUTE_TIMEOUT: String(absoluteTimeout) }),
    ...(extendOn && { EXTEND_ON: extendOn }),
    ...(expiredAction && { EXPIRED_ACTION: expiredAction }),
  }
}
