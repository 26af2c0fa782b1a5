import { existsSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const rows = readRows('docs/threats.md')
const named = rows.flatMap(({ threat, tests }) => tests.map((test) => ({ ...test, threat })))

describe('each row of docs/threats.md', () => {
  test('names a test', () => {
    expect(rows.length).toBeGreaterThan(50)
    expect(rows.filter(({ tests }) => tests.length === 0)).toEqual([])
  })

  test('names files that are there', () => {
    const missing = named.filter(({ file }) => !existsSync(file))
    expect(missing.map(({ file, threat }) => `${file}: ${threat}`)).toEqual([])
  })

  test('quotes titles that stand in those files', () => {
    const missing = named.flatMap(({ file, quotes, threat }) => {
      const titles = titlesIn(file)
      return quotes
        .filter((quote) => !titles.some((title) => title.includes(quote)))
        .map((quote) => `${file} "${quote}": ${threat}`)
    })
    expect(missing).toEqual([])
  })
})

interface Named {
  file: string
  /** Parts of the titles of its tests, or of groups of them. */
  quotes: string[]
}

function readRows(page: string): { threat: string; tests: Named[] }[] {
  return readFileSync(page, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| threat |'))
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => ({ threat: cells[0]?.trim() ?? '', tests: readTests(cells.at(-1) ?? '') }))
}

/** Such as: `file` "a title", "another of the same file", `file` */
function readTests(cell: string): Named[] {
  const tests: Named[] = []
  for (const [, file, quote] of cell.matchAll(/`([^`]+)`|"([^"]+)"/g)) {
    if (file !== undefined) tests.push({ file, quotes: [] })
    else if (quote !== undefined) tests.at(-1)?.quotes.push(quote)
  }
  return tests
}

/** The first arguments of `it`, `it.each(…)`, `describe` and their like. */
function titlesIn(file: string): string[] {
  const titles: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(it|test|describe)\b/.test(node.expression.getText())) {
      const [title] = node.arguments
      if (title && ts.isStringLiteralLike(title)) titles.push(title.text)
      else if (title && ts.isTemplateExpression(title)) titles.push(title.getText())
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true))
  return titles
}
