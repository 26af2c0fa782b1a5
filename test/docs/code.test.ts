import { resolve } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { codeBlocks, readPages } from '../support/docs/markdown.js'

/**
 * Where the docs' code is compiled: beside the modules that it imports, such as an app's `./App`.
 * Names that a block uses and does not import are in `globals.d.ts` there.
 */
const folder = resolve('test/docs/app')

test('every block of TypeScript in the docs compiles', () => {
  const blocks = new Map(
    readPages()
      .flatMap(codeBlocks)
      .filter(({ language }) => language === 'ts' || language === 'tsx')
      .map((block, index) => [`${folder}/block${index}.${block.language}`, block]),
  )
  expect(blocks.size).toBeGreaterThan(0)

  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, include: [] },
    ts.sys,
    resolve('.'),
  )
  options.moduleDetection = ts.ModuleDetectionKind.Force
  // Strict, as in a fresh app; stricter is this repository's own affair.
  options.exactOptionalPropertyTypes = false
  options.noImplicitReturns = false

  const host = ts.createCompilerHost(options)
  const { fileExists, readFile } = host
  host.fileExists = (file) => blocks.has(file) || fileExists(file)
  host.readFile = (file) => blocks.get(file)?.code ?? readFile(file)
  const program = ts.createProgram([...blocks.keys(), `${folder}/globals.d.ts`], options, host)

  const mistakes = [...blocks].flatMap(([file, block]) => {
    const source = program.getSourceFile(file)
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(({ start = 0, messageText }) => {
      const line = block.line + (source?.getLineAndCharacterOfPosition(start).line ?? 0)
      return `${block.file}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
    })
  })
  expect(mistakes).toEqual([])
})
