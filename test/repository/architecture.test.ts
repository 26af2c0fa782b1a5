import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

/**
 * Every room, and what it may import beside itself: other rooms, single files and packages. A room
 * stands for the files directly in it; `**` adds those of the rooms below it. Imports point
 * down this list's layers only, so no two rooms can import each other.
 */
const rooms: Record<string, readonly string[]> = {
  'src/protocol': [],

  'src/options': [],
  'src/core': ['src/options', 'src/protocol'],
  'src/core/options': ['src/core', 'src/options', 'src/protocol'],
  'src/core/decide': ['src/core', 'src/core/options/config.ts', 'src/protocol'],
  'src/core/run': ['src/core', 'src/core/decide', 'src/core/options/config.ts', 'src/protocol'],

  'src/browser/document': [],
  'src/browser/cover': ['src/browser/document'],
  'src/browser/ports': [
    'src/browser/document',
    'src/browser/cover',
    'src/core',
    'src/core/run/environment.ts',
  ],
  'src/browser/sources': [
    'src/browser/document',
    'src/browser/cover',
    'src/browser/ports/input.ts',
  ],
  'src/browser/requests': ['src/core', 'src/protocol'],
  'src/browser/leaving': ['src/core', 'src/protocol'],
  'src/browser': ['src/browser/**', 'src/core/**', 'src/options', 'src/protocol'],

  'src/messages': ['src/core'],
  'src/testing': ['src/core/**', 'src/options', 'src/protocol'],
  'src/msw': ['src/protocol', 'msw'],
  'src/django': ['src/options', 'src/browser/requests', 'src/protocol'],

  'src/react/session': [
    'src/core',
    'src/options',
    'src/core/decide/view.ts',
    'src/browser',
    'react',
  ],
  'src/react/lock': ['src/react/session', 'src/browser/document', 'react'],
  'src/react/end': [
    'src/react/session',
    'src/react/lock',
    'src/core',
    'src/options',
    'src/protocol',
    'src/browser/document',
    'src/browser/ports/whenPassed.ts',
    'react',
  ],
  'src/react': [
    'src/react/session',
    'src/react/end',
    'src/core',
    'src/options',
    'src/browser',
    'react',
  ],
  'src/query': ['src/core', 'src/react/session', 'src/react/end', 'react', '@tanstack/react-query'],

  'src/dialog/language': ['src/messages', 'src/browser/document', 'react'],
  'src/dialog/modal': [
    'src/core',
    'src/browser/document',
    'src/react/session',
    'react',
    'react-dom',
    '@radix-ui/react-dialog',
  ],
  'src/dialog/warning': [
    'src/dialog/language',
    'src/dialog/modal',
    'src/core',
    'src/browser/document',
    'src/react/session',
    'src/react/lock',
    'react',
    'react-dom',
    '@radix-ui/react-dialog',
    '@radix-ui/react-slot',
  ],
  'src/dialog/expired': [
    'src/dialog/language',
    'src/browser/document',
    'src/react/**',
    'react',
    '@radix-ui/react-slot',
  ],
  'src/dialog': [
    'src/dialog/**',
    'src/options',
    'src/messages',
    'src/protocol',
    'src/react/**',
    'react',
  ],

  'server-reference/async': [],
  'server-reference/options': ['src/options', 'src/protocol'],
  'server-reference/stores': ['server-reference/async', 'src/protocol'],
  ...Object.fromEntries(
    ['memory', 'redis', 'postgres'].map((store) => [
      `server-reference/stores/${store}`,
      ['server-reference/stores', 'src/options', 'server-reference/async', 'src/protocol', 'node:'],
    ]),
  ),
  'server-reference/session': [
    'server-reference/stores',
    'server-reference/options',
    'server-reference/async',
    'src/protocol',
    'node:',
  ],
  'server-reference/http': [
    'server-reference/session',
    'src/options',
    'server-reference/async',
    'src/protocol',
    'node:',
    'cookie',
    'on-headers',
  ],
  'server-reference/watch': [
    'server-reference/http',
    'server-reference/session',
    'server-reference/stores',
    'server-reference/async',
    'src/protocol',
    'node:',
  ],
  'server-reference': ['server-reference/**', 'src/options', 'src/protocol', 'node:'],
}

/**
 * What people copy. Each stands in an app's place: it has what `npm install` gives an app, and
 * nothing else of this repository. Beside its own folder it may import the files named here.
 */
const copied: Record<string, readonly string[]> = {
  examples: [],
  'demo/server': ['examples/createSignInCheck.ts'],
  'demo/client': [],
  demo: [],
}

/** One file per entry of package.json. An entry puts together what an app imports, and decides nothing. */
const entries: Record<string, readonly string[]> = {
  'src/core.ts': ['src/core/**', 'src/browser/**', 'src/protocol'],
  'src/headless.ts': ['src/core.ts', 'src/react/**'],
  'src/index.ts': ['src/core.ts', 'src/react/**', 'src/dialog/**', 'src/messages'],
  'src/query.ts': ['src/query'],
  'src/django.ts': ['src/django'],
  'src/testing.ts': ['src/testing'],
  'src/msw.ts': ['src/msw'],
}

const all = ['src', 'server-reference', 'demo', 'examples'].flatMap(sourcesIn)
const placeOf = (file: string) => Object.keys(copied).find((place) => isIn(file, `${place}/**`))
const files = all.filter((file) => placeOf(file) === undefined)
const roomOf = (file: string) => dirname(file)

test('every file imports only what its room may', () => {
  const wrong = files.flatMap((file) => {
    const own = roomOf(file)
    const may = entries[file] ?? [own, ...(rooms[own] ?? [])]
    return importsOf(file)
      .filter((target) => !may.some((start) => isIn(target, start)))
      .map((target) => `${file} imports ${target}`)
  })
  expect(wrong).toEqual([])
})

test('no two rooms import each other, not even by way of others', () => {
  const reach = new Map(Object.keys(rooms).map((room) => [room, new Set(neighboursOf(room))]))
  for (const set of reach.values())
    for (const room of set) for (const further of neighboursOf(room)) set.add(further)
  expect([...reach].filter(([room, set]) => set.has(room)).map(([room]) => room)).toEqual([])
})

test('what people copy imports this package by the names that package.json exports', () => {
  const wrong = all.flatMap((file) => {
    const place = placeOf(file)
    if (place === undefined) return []
    const may = [`${place}/**`, ...(copied[place] ?? [])]
    return importsOf(file)
      .filter((target) =>
        isFile(target) ? !may.some((start) => isIn(target, start)) : !isExported(target),
      )
      .map((target) => `${file} imports ${target}`)
  })
  expect(wrong).toEqual([])
})

test('every folder is a room, and every file of src itself an entry', () => {
  const known = [...Object.keys(rooms), ...Object.keys(entries)]
  const unknown = files.filter((file) => !known.includes(roomOf(file)) && !known.includes(file))
  expect(unknown).toEqual([])
  expect(Object.keys(rooms).filter((room) => !files.some((file) => roomOf(file) === room))).toEqual(
    [],
  )
})

test('the core has no clock, no randomness and no console of its own', () => {
  const outside = ['Date', 'performance', 'console', 'crypto', 'setTimeout', 'setInterval']
  const wrong = inRooms(/^src\/(core|protocol)\//, (file) =>
    namesIn(file).filter((name) => outside.includes(name) || name === 'Math.random'),
  )
  expect(wrong).toEqual([])
})

test('core/decide waits for nothing: no promise, no async function', () => {
  const wrong = inRooms(/^src\/core\/decide\//, (file) =>
    nodesIn(file)
      .filter((node) => ts.isAwaitExpression(node) || node.kind === ts.SyntaxKind.AsyncKeyword)
      .map((node) => node.parent.getText().slice(0, 60))
      .concat(namesIn(file).filter((name) => name === 'Promise' || name.endsWith('.then'))),
  )
  expect(wrong).toEqual([])
})

test('core/run compares no moment with a deadline', () => {
  const wrong = inRooms(/^src\/core\/run\//, (file) =>
    nodesIn(file)
      .filter(ts.isBinaryExpression)
      .filter(({ operatorToken }) => /^[<>]=?$/.test(operatorToken.getText()))
      .map((comparison) => comparison.getText())
      .filter((comparison) =>
        /\b(expiresAt|warnAt|absoluteEnd|lastActivity|sentAt\w*|setBackAt|leaptAt)\b/.test(
          comparison,
        ),
      ),
  )
  expect(wrong).toEqual([])
})

test('server-reference/http alone knows status codes', () => {
  const wrong = inRooms(/^server-reference\/(?!http\/)/, (file) =>
    nodesIn(file)
      .filter(ts.isNumericLiteral)
      .map((number) => number.parent.getText())
      .filter((text) => /status/i.test(text) && /\b[1-5]\d\d\b/.test(text)),
  )
  expect(wrong).toEqual([])
})

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name))
}

/** The other rooms that a room's files may import, single files apart. */
function neighboursOf(room: string): string[] {
  return Object.keys(rooms).filter(
    (other) =>
      other !== room &&
      (rooms[room] ?? []).some((start) => isIn(`${other}/any.ts`, start) && !start.endsWith('.ts')),
  )
}

function inRooms(pattern: RegExp, find: (file: string) => string[]): string[] {
  return files
    .filter((file) => pattern.test(file))
    .flatMap((file) => find(file).map((found) => `${file}: ${found}`))
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

const isFile = (target: string) => /^(src|server-reference|demo|examples|test)\//.test(target)

/** Every other package has names of its own. */
function isExported(target: string): boolean {
  const [, ...path] = target.split('/')
  if (target !== manifest.name && !target.startsWith(`${manifest.name}/`)) return true
  return ['.', ...path].join('/') in manifest.exports
}

/** `start` is a file, a room, a room with all below it (`/**`), a package or `node:`. */
function isIn(target: string, start: string): boolean {
  if (start === 'node:') return target.startsWith(start)
  if (start.endsWith('/**')) return target.startsWith(start.slice(0, -2))
  if (isFile(`${start}/`) && !/\.tsx?$/.test(start)) return dirname(target) === start
  return target === start || target.startsWith(`${start}/`)
}

/** Every identifier and every `object.member` of a file. */
function namesIn(file: string): string[] {
  return nodesIn(file)
    .filter((node) => ts.isIdentifier(node) || ts.isPropertyAccessExpression(node))
    .map((node) => node.getText())
}

function nodesIn(file: string): ts.Node[] {
  const nodes: ts.Node[] = []
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true)
  const visit = (node: ts.Node): void => {
    nodes.push(node)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return nodes
}
