import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const { NODE_ENV: _, ...environment } = process.env

export interface FreshApp {
  /** Runs a program of the app's own `node_modules`, or `node`, `npm`; rejects with what it printed. */
  run(program: string, ...args: string[]): Promise<string>
  /** Starts a server and gives the first address that it prints. */
  serve(program: string, ...args: string[]): Promise<string>
  remove(): Promise<void>
}

/** An app of `test/package/apps`, copied out of this repository, with the tarball installed. */
export async function freshApp(
  name: string,
  tarball: string,
  ...more: string[]
): Promise<FreshApp> {
  const folder = mkdtempSync(join(tmpdir(), `session-security-${name}-`))
  cpSync(resolve('test/package/apps', name), folder, { recursive: true })
  const stops: (() => Promise<void>)[] = []

  const find = (program: string) =>
    program === 'node' || program === 'npm' ? program : join('node_modules/.bin', program)

  async function run(program: string, ...args: string[]): Promise<string> {
    try {
      const { stdout } = await promisify(execFile)(find(program), args, {
        cwd: folder,
        env: environment,
      })
      return stdout
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
      throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}${stderr}`)
    }
  }

  await run('npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', tarball, ...more)

  return {
    run,
    async serve(program, ...args) {
      const child = spawn(find(program), args, {
        cwd: folder,
        env: environment,
        stdio: ['ignore', 'pipe', 'inherit'],
        // A group of its own: some servers start others.
        detached: true,
      })
      const exited = once(child, 'exit')
      stops.push(async () => {
        if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
        await exited
      })
      for await (const line of createInterface(child.stdout)) {
        const address = /http:\/\/[\w.]+:\d+/.exec(line)?.[0]
        if (address === undefined) continue
        child.stdout.resume()
        return address
      }
      throw new Error(`${program} ended without naming an address.`)
    },
    async remove() {
      await Promise.all(stops.map((stop) => stop()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
