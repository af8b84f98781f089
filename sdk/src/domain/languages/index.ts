/**
 * The entry `@buildrunner/sdk/languages`: the languages that people are spoken to in, and which of them a reader gets. Pages, the
 * console, the server's mails and `br` decide it with the same few functions.
 *
 * @module
 */

/** The languages there are texts in, English first: it is what everybody gets who asks for none of them. */
export const LANGUAGES = ['en', 'es', 'fr', 'de'] as const

/** One of {@link LANGUAGES}, as a language tag (BCP 47). */
export type Language = (typeof LANGUAGES)[number]

/** What a reader gets who prefers none of {@link LANGUAGES}. */
export const DEFAULT_LANGUAGE: Language = 'en'

/** Each language in its own words, for a switcher. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', es: 'Español', fr: 'Français', de: 'Deutsch' }

/** The name of the cookie and of the query parameter that hold a reader's choice. */
export const LANGUAGE_PARAMETER = 'lang'

/** Whether a value is exactly one of {@link LANGUAGES}: `de` is, `DE` and `de-AT` are not. */
export const isLanguage = (value: unknown): value is Language => LANGUAGES.some((language) => language === value)

/**
 * The first preference that there are texts in, or null where there is none: to tell a choice from its absence.
 *
 * @param preferences language tags, the dearest first. Each is cut to its language (RFC 4647, lookup): `es-MX` finds `es`. Case does
 *   not matter, and `de_AT` is read as `de-AT`. What is no tag matches nothing.
 */
export function matchLanguage(preferences: readonly string[]): Language | null {
  for (const preference of preferences) {
    const language = preference.trim().toLowerCase().split(/[-_]/, 1)[0]
    if (isLanguage(language)) return language
  }
  return null
}

/**
 * The language that a reader gets: the first preference that there are texts in, else {@link DEFAULT_LANGUAGE}.
 *
 * @param preferences language tags, the dearest first, as of `navigator.languages` or {@link parseAcceptLanguage}.
 * @example
 * negotiateLanguage(['pt-BR', 'es-MX', 'en']) // 'es'
 * negotiateLanguage(['ja']) // 'en'
 */
export const negotiateLanguage = (preferences: readonly string[]): Language => matchLanguage(preferences) ?? DEFAULT_LANGUAGE

/** `de-CH;q=0.8`: a range and its weight, at most three digits (RFC 9110, 12.4.2 and 12.5.4). */
const RANGE = /^([a-z]{1,8}(?:-[a-z0-9]{1,8})*|\*)(?:[ \t]*;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/i

/**
 * The preferences of an `Accept-Language` header, the dearest first; of equal weights the one named first.
 *
 * @remarks A weight of 0 means "not this one" and is left out. `*` stands for the languages of {@link LANGUAGES} that the header does
 *   not name, in their order. A part that breaks the grammar is passed over, for it must not take the others with it.
 * @param header as it came; null, undefined or empty: no preference.
 * @example
 * parseAcceptLanguage('en;q=0.5, de-AT, fr;q=0') // ['de-AT', 'en']
 */
export function parseAcceptLanguage(header: string | null | undefined): string[] {
  const ranges = (header ?? '').split(',').flatMap((part) => {
    const [whole, tag = '', weight = '1'] = RANGE.exec(part.trim()) ?? []
    return whole === undefined ? [] : [{ tag, weight: Number(weight) }]
  })
  const named = new Set(ranges.map(({ tag }) => matchLanguage([tag])))
  const others = LANGUAGES.filter((language) => !named.has(language))
  return ranges
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .flatMap(({ tag }) => (tag === '*' ? others : [tag]))
}
