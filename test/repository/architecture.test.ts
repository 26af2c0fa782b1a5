import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

/**
 * Who imports whom, as in docs/architecture.md. A folder may always import itself; a file
 * named here may be imported where its folder may not.
 */
const allowed: Record<string, readonly string[]> = {
  'src/core': [],
  'src/browser': ['src/core'],
  'src/django': ['src/core', 'src/browser'],
  'src/messages': ['src/core'],
  'src/react': ['src/core', 'src/browser/dom.ts', 'react'],
  'src/query': ['src/core', 'src/react', 'react', '@tanstack/react-query'],
  'src/dialog': [
    'src/core',
    'src/browser/ports/beforeNextFrame.ts',
    'src/browser/dom.ts',
    'src/browser/topLayer.ts',
    'src/react',
    'src/messages',
    'react',
    'react-dom',
    '@radix-ui/react-dialog',
    '@radix-ui/react-slot',
  ],
  'src/testing': ['src/core'],
  'server-reference': [
    'src/protocol/mergeRule.ts',
    'src/protocol/safePath.ts',
    'src/protocol/wire.ts',
    'node:',
    'cookie',
    'on-headers',
  ],
}

/** The provider's own parts: nothing else in src/react knows the browser. */
const provider: Record<string, string> = {
  'src/react/SessionProvider.tsx': 'src/browser/createBrowserSession.ts',
  'src/react/session/useOwnSession.ts': 'src/browser/createBrowserSession.ts',
  'src/react/end/useEndPhase.ts': 'src/browser/whenPassed.ts',
}

/**
 * What people copy. Each stands in an app's place: it has what `npm install` gives an app, and
 * nothing else of this repository. Beside its own folder it may import the files named here.
 */
const copied: Record<string, readonly string[]> = {
  examples: [],
  'demo/server/demo': ['examples/createSignInCheck.ts'],
  'demo/server/demo.ts': ['demo/server/demo'],
  demo: [],
}

/** Files with a line of their own: the entries. */
const exceptions: Record<string, readonly string[]> = {
  'src/core.ts': ['src/core', 'src/browser'],
  'src/headless.ts': ['src/core.ts', 'src/core', 'src/react', 'src/browser'],
  'src/index.ts': ['src/core.ts', 'src/core', 'src/react', 'src/dialog', 'src/messages'],
  'src/query.ts': ['src/query'],
  'src/django.ts': ['src/django'],
  'src/testing.ts': ['src/testing', 'src/core'],
  'src/msw.ts': ['src/core', 'msw'],
}

const all = ['src', 'server-reference', 'demo'].flatMap(sourcesIn)
const placeOf = (file: string) => Object.keys(copied).find((place) => isIn(file, place))
const files = all.filter((file) => placeOf(file) === undefined)

it('every file imports only what its folder may', () => {
  const wrong = files.flatMap((file) => {
    const own = folderOf(file)
    const may = [
      ...(exceptions[file] ?? [own, ...(allowed[own] ?? [])]),
      ...(provider[file] ? [provider[file]] : []),
    ]
    return importsOf(file)
      .filter((target) => !may.some((start) => isIn(target, start)))
      .map((target) => `${file} imports ${target}`)
  })
  expect(wrong).toEqual([])
})

it('what people copy imports this package by the names that package.json exports', () => {
  const wrong = all.flatMap((file) => {
    const place = placeOf(file)
    if (place === undefined) return []
    const may = [place, ...(copied[place] ?? [])]
    return importsOf(file)
      .filter((target) =>
        isFile(target) ? !may.some((start) => isIn(target, start)) : !isExported(target),
      )
      .map((target) => `${file} imports ${target}`)
  })
  expect(wrong).toEqual([])
})

it('every folder and every entry has a line in the table', () => {
  const known = [...Object.keys(allowed), ...Object.keys(exceptions)]
  expect(files.filter((file) => !known.includes(folderOf(file)) && !known.includes(file))).toEqual(
    [],
  )
})

it('the core has no time, no chance and no voice of its own', () => {
  const outside = ['Date', 'performance', 'console', 'crypto', 'setTimeout', 'setInterval']
  const wrong = files
    .filter((file) => file.startsWith('src/core/'))
    .flatMap((file) =>
      namesIn(file)
        .filter((name) => outside.includes(name) || name === 'Math.random')
        .map((name) => `${file} uses ${name}`),
    )
  expect(wrong).toEqual([])
})

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name))
}

function folderOf(file: string): string {
  const [root = '', folder = ''] = file.split('/')
  return root === 'src' ? `${root}/${folder}` : root
}

/** Packages by name, files by their path from the repository's root. */
function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'))
  return importedFiles.map(({ fileName }) => {
    if (!fileName.startsWith('.')) return fileName
    const path = normalize(join(dirname(file), fileName)).replace(/\.js$/, '')
    return all.find((other) => other === `${path}.ts` || other === `${path}.tsx`) ?? path
  })
}

const isFile = (target: string) => /^(src|server-reference|demo|test)\//.test(target)

/** Every other package has names of its own. */
function isExported(target: string): boolean {
  const [, ...path] = target.split('/')
  if (!isIn(target, manifest.name)) return true
  return ['.', ...path].join('/') in manifest.exports
}

function isIn(target: string, start: string): boolean {
  return (
    target === start ||
    target.startsWith(`${start}/`) ||
    (start === 'node:' && target.startsWith(start))
  )
}

/** Every identifier and every `object.member` of a file. */
function namesIn(file: string): string[] {
  const names: string[] = []
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true)
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) names.push(node.getText())
    ts.forEachChild(node, visit)
  }
  visit(source)
  return names
}
