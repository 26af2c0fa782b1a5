// What both benchmarks do with their measurements.
import { readFileSync } from 'node:fs'

/** The median. Of an even number of values the larger middle one. */
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
