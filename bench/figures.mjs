// What both benches do with what they measured.
import { readFileSync } from 'node:fs'

/** Of an even number the larger middle one. */
export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}

export function say(text) {
  process.stdout.write(`${text}\n`)
}

/** The version of an installed package. */
export function version(name) {
  return JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version
}
