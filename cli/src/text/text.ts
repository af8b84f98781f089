/**
 * What br says, in the language of who reads it. The English text in the source is the key of the others, as with gettext: it is what is
 * said where a catalogue has none, and English itself loads nothing. A catalogue is loaded before the first text is asked for.
 */
import { DEFAULT_LANGUAGE, type Language } from '@buildrunner/sdk/languages'
import { formatMessage, type Values } from './format.ts'

export type Catalogue = Readonly<Record<string, string>>

let language: Language = DEFAULT_LANGUAGE
let catalogue: Catalogue = {}

/** What everything is said in from now on. */
export function useCatalogue(chosen: Language, messages: Catalogue): void {
  language = chosen
  catalogue = messages
}

/** The language of this run. */
export const currentLanguage = (): Language => language

/**
 * A message for people, in their language.
 *
 * @param message English, with parameters by name: `commented on {item}`, `{count, plural, one {# change} other {# changes}}`
 */
export function t(message: string, values: Values = {}): string {
  const translated = catalogue[message]
  return translated === undefined ? formatMessage(message, values, DEFAULT_LANGUAGE) : formatMessage(translated, values, language)
}

/** Marks a message that is said later, by `t`: what a module holds is made before the language is known. */
export const msg = <const Message extends string>(message: Message): Message => message

/** A text that stands in the source as it is shown, such as the description of an option: translated where it is known. */
export const translated = (text: string): string => (catalogue[text] === undefined ? text : t(text))
