import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Page {
  /** Path from the repository's root. */
  file: string
  text: string
}

export interface CodeBlock {
  file: string
  /** Line of the first line of code, from 1. */
  line: number
  language: string
  code: string
}

/** Every page that a reader may meet: those beside package.json and all under docs/. */
export function readPages(): Page[] {
  const files = [
    ...readdirSync('.').filter(isMarkdown),
    ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
      .filter(isMarkdown)
      .map((file) => join('docs', file)),
  ]
  return files.map((file) => ({ file, text: readFileSync(file, 'utf8') }))
}

export function codeBlocks({ file, text }: Page): CodeBlock[] {
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map((match) => ({
    file,
    line: text.slice(0, match.index).split('\n').length + 1,
    language: match[1] ?? '',
    code: match[2] ?? '',
  }))
}

/** What stands between backticks in a page's sentences and tables. */
export function inlineCode({ text }: Page): string[] {
  const prose = text.replace(/^```.*?^```$/gms, '')
  return [...prose.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')
}

/** The code of a page that has this text in it, as it stands there. */
export function blockWith(page: string, text: string): string {
  const block = readPages()
    .filter(({ file }) => file === page)
    .flatMap(codeBlocks)
    .find(({ code }) => code.includes(text))
  if (!block) throw new Error(`${page} has no code with "${text}" any more.`)
  return block.code
}

function isMarkdown(file: string): boolean {
  return file.endsWith('.md')
}
