import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

interface Job {
  name: string
  text: string
}

const folder = '.github/workflows'

/** The jobs of every workflow, cut at the lines that name one. */
const jobs: Job[] = readdirSync(folder).flatMap((file) => {
  const text = readFileSync(join(folder, file), 'utf8')
  const [, all = ''] = text.split(/^jobs:\n/m)
  return all
    .split(/^(?= {2}[\w-]+:\n)/m)
    .filter((part) => part.trim() !== '')
    .map((part) => ({
      name: `${file} ${part.trim().split(':', 1)[0]}`,
      text: withoutComments(part),
    }))
})

const privileged = jobs.filter(({ text }) => /: write$|secrets\./m.test(text))

test('one job may publish', () => {
  expect(privileged.map(({ name }) => name)).toEqual(['release.yml publish'])
})

test('no job installs, builds or checks out anything with the right to publish', () => {
  const runs = /\b(npm (ci|i|install|run|test|pack|exec)|npx|node|yarn|pnpm|actions\/checkout)\b.*/g
  const wrong = privileged.flatMap(({ name, text }) =>
    [...text.replace(/^.*(uses: actions\/setup-node|node-version:).*$/gm, '').matchAll(runs)].map(
      ([step]) => `${name}: ${step}`,
    ),
  )
  expect(wrong).toEqual([])
})

test('publishes a packed tarball, whose scripts do not run', () => {
  const published = jobs.flatMap(({ text }) => text.match(/npm publish.*/g) ?? [])
  expect(published).toEqual([
    'npm publish ./package.tgz --ignore-scripts --provenance --access public',
  ])
})

test('publishes the tarball that was built and nothing else', () => {
  const publish = jobs.find(({ name }) => name === 'release.yml publish')?.text ?? ''
  expect(publish).toMatch(/needs: \[test, build\]/)
  expect(publish.indexOf('sha256sum --check')).toBeGreaterThan(-1)
  expect(publish.indexOf('sha256sum --check')).toBeLessThan(publish.indexOf('npm publish'))
})

test('every workflow begins with the right to read and no other', () => {
  for (const file of readdirSync(folder)) {
    const [head = ''] = readFileSync(join(folder, file), 'utf8').split(/^jobs:/m)
    expect(head, file).toMatch(/^permissions:\n {2}contents: read\n\n/m)
  }
})

test('every action is named by its commit', () => {
  const used = jobs.flatMap(({ text }) => text.match(/uses: \S+/g) ?? [])
  expect(used.filter((use) => !/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(use))).toEqual([])
})

function withoutComments(yaml: string): string {
  return yaml.replace(/(^|\s)#.*$/gm, '')
}
