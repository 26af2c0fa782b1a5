import { fileURLToPath } from 'node:url'
import { readEnvironment } from './readEnvironment.js'
import { startDemo } from './startDemo.js'

export { type Demo, type DemoOptions, startDemo } from './startDemo.js'

if (process.argv[1] === fileURLToPath(import.meta.url)) await run()

async function run() {
  try {
    const client = fileURLToPath(new URL('../client/', import.meta.url))
    const demo = await startDemo({ client, ...readEnvironment(process.env) })
    process.stdout.write(`Demo: ${demo.url} (ada/ada or bob/bob)\n`)
    const stop = () => void demo.close()
    process.once('SIGTERM', stop).once('SIGINT', stop)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
