/**
 * What the server says to people: mails and its few pages. Messages are ICU's, one catalogue a language; a message that is missing in
 * one, or takes other parameters there, fails a test (`npm run languages`).
 */
import { DEFAULT_LANGUAGE } from '@buildrunner/sdk/languages'
import type { Language } from '@buildrunner/sdk/languages'
import { IntlMessageFormat } from 'intl-messageformat'
import de from './de.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }
import es from './es.json' with { type: 'json' }
import fr from './fr.json' with { type: 'json' }

export type MessageKey = keyof typeof en
export type MessageValues = Readonly<Record<string, string | number | Date>>
/** Renders a message in one language. Its values are inserted as they are: HTML escapes what comes out. */
export type Text = (key: MessageKey, values?: MessageValues) => string

const CATALOGUES: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { en, es, fr, de }

/** Whose rules for dates and numbers hold. Our English is British. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', es: 'es', fr: 'fr', de: 'de' }

/** The day in words, the time to the minute. A mail does not know where it is read. */
const FORMATS = { date: { moment: { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } } } as const

const compiled = new Map<string, IntlMessageFormat>()

function messageOf(language: Language, key: MessageKey): IntlMessageFormat {
  const id = `${language} ${key}`
  let message = compiled.get(id)
  // tags are none here: names that people give themselves may hold what looks like one
  if (message === undefined) compiled.set(id, (message = new IntlMessageFormat(CATALOGUES[language][key], LOCALES[language], FORMATS, { ignoreTag: true })))
  return message
}

export const textIn =
  (language: Language): Text =>
  (key, values) =>
    String(messageOf(language, key).format(values))

/** @param preferences the dearest first; null is none */
export const textFor = (...preferences: readonly (Language | null | undefined)[]): Text => textIn(languageFor(...preferences))

export const languageFor = (...preferences: readonly (Language | null | undefined)[]): Language => preferences.find((language) => language != null) ?? DEFAULT_LANGUAGE
