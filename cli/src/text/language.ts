/** Which language br speaks: `--lang`, else the environment as POSIX reads it. */
import { DEFAULT_LANGUAGE, isLanguage, matchLanguage, type Language } from '@buildrunner/sdk/languages'
import { useCatalogue, type Catalogue } from './text.ts'

const CATALOGUES: Readonly<Record<Exclude<Language, 'en'>, () => Promise<{ default: Catalogue }>>> = {
  es: () => import('./es.json', { with: { type: 'json' } }),
  fr: () => import('./fr.json', { with: { type: 'json' } }),
  de: () => import('./de.json', { with: { type: 'json' } }),
}

export interface Spoken {
  readonly language: Language
  /** The command line without `--lang`. */
  readonly argv: readonly string[]
  /** What `--lang` named where there is no such language; the rest is as if it were not there. */
  readonly unknown?: string
}

/** The first variable that is set decides (POSIX, 8.2); ours stands before them. `C`, `POSIX` and all that we do not know are English. */
const ofEnvironment = ({ BUILDRUNNER_LANG, LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language =>
  matchLanguage([[BUILDRUNNER_LANG, LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '') ?? '']) ?? DEFAULT_LANGUAGE

/** @param words the command line after `br` */
export function spokenLanguage(words: readonly string[], env: NodeJS.ProcessEnv): Spoken {
  const end = words.indexOf('--')
  const own = end === -1 ? words : words.slice(0, end)
  const at = own.findIndex((word) => word === '--lang' || word.startsWith('--lang='))
  // programs read --json: its texts are English, whoever runs it
  const isData = own.includes('--json')
  if (at === -1) return { language: isData ? DEFAULT_LANGUAGE : ofEnvironment(env), argv: words }
  const isOneWord = own[at] !== '--lang'
  const named = isOneWord ? (own[at] as string).slice('--lang='.length) : (own[at + 1] ?? '')
  const argv = words.toSpliced(at, isOneWord ? 1 : 2)
  const language = isLanguage(named) ? named : undefined
  return { language: isData ? DEFAULT_LANGUAGE : (language ?? ofEnvironment(env)), argv, ...(language === undefined && { unknown: named }) }
}

/** Loads what it takes to speak a language: nothing for English. */
export async function speak(language: Language): Promise<void> {
  if (language !== 'en') useCatalogue(language, (await CATALOGUES[language]()).default)
}
