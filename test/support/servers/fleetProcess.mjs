// Runs the file beside it in a process of its own: fleetProcess.mjs <Redis' port> <secret>…
import { join } from 'node:path'
import { runnerImport } from 'vite'

const [redisPort, ...secrets] = process.argv.slice(2)
const path = join(import.meta.dirname, 'fleetProcess.ts')
const { module } = await runnerImport(path, { configFile: false, logLevel: 'error' })
process.stdout.write(`port ${await module.runProcess(Number(redisPort), secrets)}\n`)
