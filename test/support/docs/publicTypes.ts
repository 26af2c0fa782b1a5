import { relative, resolve } from 'node:path'
import ts from 'typescript'

const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile)
const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, resolve('.'))

/** Options whose values have a page, or a contract, of their own. */
const describedElsewhere = ['session', 'store', 'transport', 'initialSession', 'messages']

export interface PublicTypes {
  /** Names of the functions, components and constants of an entry. */
  valuesOf(entry: string): string[]
  /** Names of the options that a function, or a component, takes as its argument at `index`. */
  optionsOf(entry: string, name: string, index?: number): string[]
  /** Names of the members of what a function returns. */
  resultOf(entry: string, name: string): string[]
}

/** Reads what the package's entries export, from the sources behind them. */
export function readPublicTypes(entries: readonly string[]): PublicTypes {
  const program = ts.createProgram([...entries], options)
  const checker = program.getTypeChecker()

  function exportsOf(entry: string): Map<string, ts.Symbol> {
    const source = program.getSourceFile(entry)
    const module = source && checker.getSymbolAtLocation(source)
    if (!module) throw new Error(`${entry} is no module.`)
    return new Map(
      checker
        .getExportsOfModule(module)
        .map((each) => [
          each.name,
          each.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each,
        ]),
    )
  }

  function signatureOf(entry: string, name: string): ts.Signature {
    const symbol = exportsOf(entry).get(name)
    if (!symbol) throw new Error(`${entry} exports no ${name}.`)
    const [signature] = checker.getTypeOfSymbol(symbol).getCallSignatures()
    if (!signature) throw new Error(`${name} of ${entry} is no function.`)
    return signature
  }

  /** The members of a type that this repository declares, and those of plain objects in them. */
  function membersOf(type: ts.Type, seen = new Set<ts.Type>()): string[] {
    if (seen.has(type)) return []
    seen.add(type)
    if (type.isUnion()) return type.types.flatMap((each) => membersOf(each, seen))
    if (!isPlainObject(type)) return []
    return checker
      .getPropertiesOfType(type)
      .filter(isOurs)
      .flatMap((member) => [
        member.name,
        ...(describedElsewhere.includes(member.name)
          ? []
          : membersOf(checker.getTypeOfSymbol(member), seen)),
      ])
  }

  function isPlainObject(type: ts.Type): boolean {
    return (
      (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0 &&
      type.getCallSignatures().length === 0 &&
      !checker.isArrayLikeType(type)
    )
  }

  return {
    valuesOf: (entry) =>
      [...exportsOf(entry)]
        .filter(([, { flags }]) => (flags & ts.SymbolFlags.Value) !== 0)
        .map(([name]) => name),
    optionsOf: (entry, name, index = 0) => {
      const parameter = signatureOf(entry, name).parameters[index]
      if (!parameter) throw new Error(`${name} has no parameter ${index}.`)
      return [...new Set(membersOf(checker.getTypeOfSymbol(parameter)))]
    },
    resultOf: (entry, name) => {
      const type = signatureOf(entry, name).getReturnType()
      return checker
        .getPropertiesOfType(type)
        .filter(isOurs)
        .map((member) => member.name)
    },
  }
}

function isOurs(symbol: ts.Symbol): boolean {
  const { declarations = [] } = symbol
  if (symbol.getJsDocTags().some((tag) => tag.name === 'internal')) return false
  return declarations.some((each) =>
    /^(src|server-reference)\//.test(relative('.', each.getSourceFile().fileName)),
  )
}
