import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Running, startPostgres, startRedis } from '../../support/servers/servers.js'

/** The demo's server as it is shipped: built, and run by node. Inside the project, for its packages. */
const folder = mkdtempSync(join(import.meta.dirname, '../../../node_modules/.demo-'))
const children: ChildProcess[] = []
const servers: Running[] = []

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: 'demo/server/demo.ts', outDir: join(folder, 'server') },
  })
  mkdirSync(join(folder, 'client'))
  writeFileSync(join(folder, 'client/index.html'), '<!doctype html><title>Demo</title>')
}, 30_000)

afterAll(async () => {
  await Promise.all(
    children.map(async (child) => {
      if (child.exitCode !== null) return
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await gone
    }),
  )
  for (const server of servers) await server.stop()
  rmSync(folder, { recursive: true })
})

const secret = 'one secret for all the processes of it'

/** Starts one process; `clock` sets its wall clock off by so many ms. */
async function startProcess(settings: Record<string, string>, clock = 0): Promise<string> {
  const shift = `const now = Date.now; Date.now = () => now() + ${clock}`
  const child = spawn(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(shift)}`,
      join(folder, 'server/demo.js'),
    ],
    {
      env: { PATH: process.env.PATH, PORT: '0', SESSION_SECURITY_SECRET: secret, ...settings },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  children.push(child)
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk) => resolve(String(chunk)))
    child.once('exit', () => reject(new Error('The demo did not start')))
  })
  return /http:\S+/.exec(line)?.[0].replace('localhost', '127.0.0.1') ?? ''
}

const headers = (url: string, cookie = '') => ({
  'content-type': 'application/json',
  origin: url,
  cookie,
})

async function signIn(url: string): Promise<string> {
  const body = '{"username":"ada","password":"ada"}'
  const response = await fetch(`${url}/api/sign-in`, {
    method: 'POST',
    headers: headers(url),
    body,
  })
  return response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
}

async function ask(url: string, cookie: string, said: object = {}, method = 'POST') {
  const init = { method, headers: headers(url, cookie), body: JSON.stringify({ v: 1, ...said }) }
  const response = await fetch(`${url}/session-security`, init)
  return { status: response.status, ...(response.status !== 204 && (await response.json())) }
}

async function expectOneSession(settings: Record<string, string>) {
  const hour = 3_600_000
  const urls = await Promise.all([
    startProcess(settings),
    startProcess(settings, hour),
    startProcess(settings, -hour),
  ])
  const cookie = await signIn(urls[0] ?? '')
  const { session, subject } = await ask(urls[1] ?? '', cookie)
  for (let i = 0; i < 30; i++) {
    const answer = await ask(urls[i % 3] ?? '', cookie, { session, idleForMs: 0 })
    expect(answer).toMatchObject({ state: 'active', session, subject })
    expect(answer.remainingMs).toBeGreaterThan(119_000)
  }
  expect(await ask(urls[1] ?? '', cookie, { session }, 'DELETE')).toEqual({ status: 204 })
  for (const url of urls)
    expect(await ask(url, cookie, { session, idleForMs: 0 })).toMatchObject({
      status: 401,
      reason: 'signed-out',
    })
}

test('keeps one session over processes on one Redis, though their clocks are an hour apart', async () => {
  const redis = await startRedis()
  servers.push(redis)
  await expectOneSession({ REDIS_URL: `redis://127.0.0.1:${redis.port}` })
}, 30_000)

test('does so on one PostgreSQL too', async () => {
  const postgres = await startPostgres()
  servers.push(postgres)
  await expectOneSession({ DATABASE_URL: postgres.url })
}, 30_000)
