import ts from 'typescript'
import { expect, test } from 'vitest'

/**
 * Members of these may be taken by an element of the page that has the same name
 * (`<img name="body">`, `<input name="focus">`): `src/browser/document/dom.ts` reads around that. An element
 * of which no more is known may be a form. Only the document and forms behave like that.
 */
const unsafe = new Set([
  'Document',
  'HTMLFormElement',
  'HTMLElement',
  'Element',
  'Node',
  'ParentNode',
])

/** Helpers for the tests of an app, which has its pages in its own hand. */
const exempt = /src\/testing\//

test('no member of the document, or of what may be a form, is read directly', {
  timeout: 60_000,
}, () => {
  const { options, fileNames } = readConfig()
  const program = ts.createProgram(fileNames, options)
  const checker = program.getTypeChecker()
  const found: string[] = []

  for (const source of program.getSourceFiles()) {
    if (!source.fileName.includes('/src/') || source.isDeclarationFile) continue
    if (source.fileName.includes('node_modules') || exempt.test(source.fileName)) continue
    visit(source)

    function visit(node: ts.Node): void {
      const receiver = receiverOf(node)
      if (
        receiver &&
        namesOf(checker.getTypeAtLocation(receiver)).some((name) => unsafe.has(name))
      ) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart())
        found.push(`${source.fileName.replace(/.*\/src\//, 'src/')}:${line + 1} ${node.getText()}`)
      }
      ts.forEachChild(node, visit)
    }
  }
  expect(found).toEqual([])
})

/** What a member is read of: by a dot, by brackets, or by taking it apart. */
function receiverOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
    return node.expression
  }
  if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name)) {
    return node.initializer
  }
  return undefined
}

function namesOf(type: ts.Type): string[] {
  if (type.isUnionOrIntersection()) return type.types.flatMap(namesOf)
  return type.symbol ? [type.symbol.name] : []
}

function readConfig(): ts.ParsedCommandLine {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile)
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd())
  return { ...parsed, fileNames: parsed.fileNames.filter((name) => name.includes('/src/')) }
}
