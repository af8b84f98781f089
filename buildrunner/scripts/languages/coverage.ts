/** What each area has in each language, and what is wrong with it. */
import { DEFAULT_LANGUAGE, LANGUAGES } from '@buildrunner/sdk/languages'
import type { Language } from '@buildrunner/sdk/languages'
import { IntlMessageFormat } from 'intl-messageformat'
import type { Area, Catalogue } from './areas.ts'

export interface AreaCoverage {
  readonly name: Area['name']
  readonly keys: number
  /** How many of them each language has. */
  readonly translated: Readonly<Record<Language, number>>
  /** What keeps the area from being whole, a line each. */
  readonly faults: readonly string[]
}

/** Of messages that are there: 99.9 is not rounded up to all. */
export const percent = (translated: number, keys: number): number => (keys === 0 ? 100 : Math.floor((translated * 1000) / keys) / 10)

export function coverageOf({ name, catalogues, unwrapped }: Area): AreaCoverage {
  const keys = catalogues.map(({ messages }) => Object.keys(messages[DEFAULT_LANGUAGE]))
  const translated = Object.fromEntries(
    LANGUAGES.map((language) => [language, catalogues.reduce((sum, { messages }, index) => sum + keys[index]!.filter((key) => isText(messages[language][key])).length, 0)]),
  ) as Record<Language, number>
  const faults = [...catalogues.flatMap(faultsOf), ...unwrapped.map(({ place, message }) => `${place}: ${JSON.stringify(message)} is in no catalogue (a guess: see buildrunner/scripts/languages/cli-source.ts)`)]
  return { name, keys: keys.flat().length, translated, faults }
}

const isText = (message: string | undefined): message is string => message !== undefined && message.trim() !== ''

function faultsOf({ place, messages, unused, absent }: Catalogue): string[] {
  const english = messages[DEFAULT_LANGUAGE]
  const missing = Object.keys(english).flatMap((key) => {
    const languages = LANGUAGES.filter((language) => !isText(messages[language][key]))
    return languages.length === 0 ? [] : [`${place}: ${JSON.stringify(key)} is missing in ${languages.join(', ')}`]
  })
  const wrong = Object.entries(english).flatMap(([key, message]) => LANGUAGES.flatMap((language) => faultOf(message, messages[language][key], language).map((fault) => `${place}: ${JSON.stringify(key)} in ${language} ${fault}`)))
  return [...missing, ...absent.map((key) => `${place}: ${JSON.stringify(key)} is missing in en`), ...unused.map((key) => `${place}: ${JSON.stringify(key)} is asked for by nothing`), ...wrong]
}

/** What is wrong with a translation: its syntax, or other parameters than English has. */
export function faultOf(english: string, translation: string | undefined, language: Language): string[] {
  if (!isText(translation)) return []
  const [expected, found] = [parametersOf(english, DEFAULT_LANGUAGE), parametersOf(translation, language)]
  if (found === undefined) return ['is no ICU message']
  const wanted = expected ?? []
  const lost = wanted.filter((parameter) => !found.includes(parameter))
  const invented = found.filter((parameter) => !wanted.includes(parameter))
  return [...lost.map((parameter) => `says nothing of {${parameter}}`), ...invented.map((parameter) => `has a {${parameter}} of its own`)]
}

interface AstNode {
  readonly type: number
  readonly value?: string
  readonly options?: Readonly<Record<string, { readonly value: readonly AstNode[] }>>
}
/** `TYPE` of the parser of intl-messageformat: 0 is text, 7 is `#`. */
const LITERAL = 0
const POUND = 7

/** Names of the parameters of a message; undefined: it is none. */
function parametersOf(message: string, language: Language): string[] | undefined {
  try {
    const ast = new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst() as unknown as readonly AstNode[]
    return [...new Set(ast.flatMap(namesIn))]
  } catch {
    return undefined
  }
}

const namesIn = ({ type, value, options }: AstNode): string[] =>
  type === LITERAL || type === POUND ? [] : [value as string, ...Object.values(options ?? {}).flatMap((option) => option.value.flatMap(namesIn))]
