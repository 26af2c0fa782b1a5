// Runs one of the examples beside this file: node examples/run.mjs express
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runnerImport } from 'vite'

const here = import.meta.dirname
const names = readdirSync(here)
  .filter((file) => file.endsWith('.ts') && !['example.ts', 'routeHandlers.ts'].includes(file))
  .map((file) => file.slice(0, -3))
const [name] = process.argv.slice(2)

if (!names.includes(name)) {
  process.stderr.write(`Which one? ${names.join(', ')}\n`)
  process.exitCode = 1
} else {
  // The examples import the package by its name; tsconfig.json leads that to the sources.
  const options = { configFile: false, resolve: { tsconfigPaths: true } }
  const example = await runnerImport(join(here, `${name}.ts`), options)
  const server = await runnerImport(join(here, '../server-reference/index.ts'), options)
  const { url } = await example.module.start({
    port: Number(process.env.PORT ?? 4000),
    store: server.module.memoryStore(),
    policy: { warnAfter: 60_000, expireAfter: 120_000, absoluteTimeout: 3_600_000 },
    secret: process.env.SESSION_SECURITY_SECRET ?? 'for trying it out only, 32 bytes at least',
    cookieSecret: 'for trying it out only, 32 bytes at least',
  })
  process.stdout.write(`${url} (POST /sign-in, GET /cases, POST /session-security)\n`)
}
