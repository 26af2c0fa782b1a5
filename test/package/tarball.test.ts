import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ts from 'typescript'
import { expect, inject, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

const { path, files } = inject('tarball')

test('is what publint asks for', () => {
  expect(run('publint', 'run', path, '--strict')).toContain('All good!')
})

test('has types that every kind of module resolution finds', () => {
  // ESM only, as package.json says; a style sheet has no types.
  run('attw', path, '--profile', 'esm-only', '--exclude-entrypoints', './styles.css')
})

test('holds the library and nothing of its workshop', () => {
  const strangers = files.filter(
    (file) =>
      !/^(dist\/(src|server-reference)\/|src\/dialog\/styles\.css$|(package\.json|README\.md|CHANGELOG\.md|LICENSE)$)/.test(
        file,
      ) || /(^|\/)(test|demo|stories|bench)(\/|\.(js|d\.ts))/.test(file),
  )
  expect(strangers).toEqual([])
})

test('brings a source map, with the sources in it, for every module that holds code', () => {
  const modules = files.filter((file) => file.endsWith('.js') && isCode(file))
  for (const module of modules) {
    expect(files).toContain(`${module}.map`)
    const map: { sourcesContent: unknown[] } = JSON.parse(readFileSync(`${module}.map`, 'utf8'))
    expect(map.sourcesContent.every((content) => typeof content === 'string')).toBe(true)
  }
})

test('says "use client" in every module that uses what only a client has', () => {
  const hooks = /\b(use(State|Ref|Effect|LayoutEffect|SyncExternalStore|Context)|createContext)\(/
  const silent = files
    .filter((file) => file.endsWith('.js') && hooks.test(readFileSync(file, 'utf8')))
    .filter((file) => !readFileSync(file, 'utf8').startsWith('"use client"'))
  expect(silent).toEqual([])
})

test('exports these names', () => {
  const names = Object.fromEntries(
    entries().map(([entry, types]) => [entry, exportedNames(resolve(types))]),
  )
  expect(names).toMatchSnapshot()
})

function run(tool: string, ...args: string[]): string {
  return execFileSync(`node_modules/.bin/${tool}`, args, {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
  })
}

function isCode(file: string): boolean {
  const statements = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.ES2022,
  ).statements
  return statements.some((statement) => ts.isFunctionDeclaration(statement))
}

/** Each entry that has types; the messages by their English, as all have the same shape. */
function entries(): [string, string][] {
  return Object.entries(manifest.exports).flatMap(([entry, target]) =>
    target !== null && typeof target === 'object'
      ? [[entry, target.types.replace('*', 'en')] satisfies [string, string]]
      : [],
  )
}

function exportedNames(file: string): string[] {
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    noEmit: true,
    noLib: true,
    types: [],
  })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)
  const module = source && checker.getSymbolAtLocation(source)
  if (!module) throw new Error(`${file} is no module.`)
  return checker
    .getExportsOfModule(module)
    .map((symbol) => {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
      return target.flags & ts.SymbolFlags.Value ? symbol.name : `type ${symbol.name}`
    })
    .sort()
}
