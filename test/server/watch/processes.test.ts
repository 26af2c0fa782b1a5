import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type Running, startPostgres, startRedis } from '../../support/servers/servers.js'

/** Two processes of one app, as they are built and run, on one store. Inside the project, for its packages. */
const folder = mkdtempSync(join(import.meta.dirname, '../../../node_modules/.streams-'))
const children: ChildProcess[] = []
const servers: Running[] = []

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: { tsconfigPaths: true },
    build: {
      ssr: join(import.meta.dirname, '../../support/servers/streamServer.ts'),
      outDir: folder,
    },
  })
}, 30_000)

afterAll(async () => {
  for (const child of children) child.kill()
  for (const server of servers) await server.stop()
  rmSync(folder, { recursive: true })
})

async function startProcess(settings: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, [join(folder, 'streamServer.js')], {
    env: { PATH: process.env.PATH, SECRET: 'one secret for all the processes of it', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  return new Promise((resolve, reject) => {
    child.stdout.once('data', (chunk) => resolve(String(chunk).trim()))
    child.once('exit', () => reject(new Error('The process did not start.')))
  })
}

async function twoProcesses(settings: Record<string, string>): Promise<[string, string]> {
  return Promise.all([startProcess(settings), startProcess(settings)])
}

const cookieOf = (response: Response) => response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''

const signIn = async (url: string) => cookieOf(await fetch(`${url}/sign-in`, { method: 'POST' }))

function ask(url: string, cookie: string, method: string, said: object = {}) {
  const headers = { 'content-type': 'application/json', origin: url, cookie }
  const body = JSON.stringify({ v: 1, ...said })
  return fetch(`${url}/session-security`, { method, headers, body })
}

async function signOut(url: string, cookie: string): Promise<void> {
  const { session } = (await (await ask(url, cookie, 'POST')).json()) as { session: string }
  expect((await ask(url, cookie, 'DELETE', { session })).status).toBe(204)
}

/** A stream of events: what came last, and when it ended. */
async function openEvents(url: string, cookie: string) {
  const response = await fetch(`${url}/events`, { headers: { cookie } })
  expect(response.status).toBe(200)
  let text = ''
  const ended = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString()
    return { at: performance.now(), last: text.trim().split('\n\n').at(-1) }
  })()
  const news = () => text.split('data: ').length - 1
  await until(() => news() > 0)
  await until(async () => (await (await fetch(`${url}/subscribed`)).text()) === 'true')
  return {
    ended,
    /** Twenty news come in a second. */
    async goesOnFor(seconds: number) {
      const before = news()
      await until(() => news() >= before + 20 * seconds)
    },
  }
}

async function openSocket(url: string, cookie: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket`, {
    headers: { cookie, origin: url },
  })
  const ended = new Promise<{ at: number; code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) =>
      resolve({ at: performance.now(), code, reason: String(reason) }),
    )
  })
  await new Promise((resolve, reject) => {
    socket.once('message', resolve)
    socket.once('error', reject)
  })
  return { socket, ended }
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const giveUp = Date.now() + 5_000
  while (!(await isSo())) {
    if (Date.now() > giveUp) throw new Error('It did not happen within five seconds.')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

describe.each([
  ['Redis, through node-redis', 'redis', startRedis],
  ['Redis, through ioredis', 'ioredis', startRedis],
  ['PostgreSQL', 'pg', startPostgres],
])('streams of one process on %s', (_name, kind, startStore) => {
  let urls: [string, string]
  let settings: Record<string, string>

  beforeAll(async () => {
    const running: Running & { url?: string } = await startStore()
    servers.push(running)
    const url = running.url ?? `redis://127.0.0.1:${running.port}`
    settings = { STORE: kind, STORE_URL: url }
    urls = await twoProcesses(settings)
  }, 30_000)

  test('end within 250 ms of a sign-out in the other', async () => {
    const [here, there] = urls
    const cookie = await signIn(here)
    const events = await openEvents(here, cookie)
    const { ended } = await openSocket(here, cookie)
    await signOut(there, cookie)
    const signedOut = performance.now()
    const [stream, socket] = await Promise.all([events.ended, ended])
    expect(stream.last).toBe('event: session-over\ndata: signed-out')
    expect(socket).toMatchObject({ code: 4_401, reason: 'signed-out' })
    expect(stream.at - signedOut).toBeLessThan(250)
    expect(socket.at - signedOut).toBeLessThan(250)
  })

  test('go on where the other renews the id, and end with the new one', async () => {
    const [here, there] = urls
    const cookie = await signIn(here)
    const events = await openEvents(here, cookie)
    const { socket, ended } = await openSocket(here, cookie)
    const renewed = cookieOf(await fetch(`${there}/renew`, { headers: { cookie } }))
    await events.goesOnFor(1)
    const echo = new Promise((resolve) => {
      socket.once('message', (data) => resolve(String(data)))
    })
    socket.send('still there?')
    expect(await echo).toBe('still there?')
    await signOut(there, renewed)
    const signedOut = performance.now()
    const over = await Promise.all([events.ended, ended])
    for (const { at } of over) expect(at - signedOut).toBeLessThan(250)
  })

  test('end within a second of the deadline, which the other moved', async () => {
    const [here, there] = await twoProcesses({ ...settings, EXPIRE_AFTER: '4000' })
    const cookie = await signIn(here)
    const events = await openEvents(here, cookie)
    const { session } = (await (await ask(there, cookie, 'POST')).json()) as { session: string }
    await events.goesOnFor(1)
    await ask(there, cookie, 'POST', { session, idleForMs: 0 })
    const reported = performance.now()
    const { at, last } = await events.ended
    expect(last).toBe('event: session-over\ndata: idle')
    expect(at - reported).toBeGreaterThan(3_900)
    expect(at - reported).toBeLessThan(5_000)
  })

  test('are refused where there is no session, and to pages of other sites', async () => {
    const [here] = urls
    expect((await fetch(`${here}/events`)).status).toBe(401)
    await expect(openSocket(here, '')).rejects.toThrow('401')
    const cookie = await signIn(here)
    const origin = 'https://elsewhere.example'
    const socket = new WebSocket(`${here.replace('http', 'ws')}/socket`, {
      headers: { cookie, origin },
    })
    const error = await new Promise((resolve) => socket.once('error', resolve))
    expect(String(error)).toContain('403')
  })
})
