/**
 * Texts of the console, one catalogue of ICU messages a view and language: `views/<view>/messages/<language>.json`, and that of the
 * shell in `messages/`. English is what the others are measured against.
 */
import type { Language } from '@buildrunner/sdk/languages'
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { IntlMessageFormat } from 'intl-messageformat'
import { use } from 'react'
import { loadOnce } from '../data/readable.ts'
import { currentLanguage, useLanguage } from './language.ts'
import { isPattern } from './pattern.ts'

/** By key: words, or a pattern, which the build has compiled (compiled-messages.ts). */
type Messages = Readonly<Record<string, string | MessageFormatElement[]>>
export type Values = Readonly<Record<string, string | number | Date | boolean | null | undefined>>
/** Gives the text of a key. */
export type Text<Keys extends string = string> = (key: Keys, values?: Values) => string

const files = import.meta.glob<Messages>(['../messages/*.json', '../views/*/messages/*.json', '../{ui,inspector}/messages/*.json'], { import: 'default' })
const loaded = new Map<string, Promise<Text>>()

/** Folders of texts that belong to no page. */
const SHARED: Readonly<Record<string, string>> = { shell: '..', ui: '../ui', inspector: '../inspector' }
const fileOf = (view: string, language: Language): string => `${SHARED[view] ?? `../views/${view}`}/messages/${language}.json`

/** The catalogue of a view, read once. */
export function loadText(view: string, language: Language = currentLanguage()): Promise<Text> {
  const file = fileOf(view, language)
  const load = files[file]
  if (load === undefined) throw new Error(`There are no messages at ${file}.`)
  return loadOnce(loaded, file, async () => createText(await load(), language))
}

/** @param messages by key; what is no message is shown as its key, so that it is found */
export function createText(messages: Messages, language: Language): Text {
  const formats = new Map<string, IntlMessageFormat>()
  return (key, values) => {
    const message = messages[key]
    if (message === undefined) return key
    if (typeof message === 'string' && !isPattern(message)) return message
    let format = formats.get(key)
    if (format === undefined) formats.set(key, (format = new IntlMessageFormat(message, language, undefined, { ignoreTag: true })))
    return format.format(values as Record<string, string>) as string
  }
}

/**
 * The texts of a view. Suspends until they are there.
 *
 * @example
 * ```ts
 * const t = useText<keyof typeof import('./messages/en.json')>('plan')
 * t('plan.items', { count: 3 })
 * ```
 */
export function useText<Keys extends string>(view: string): Text<Keys> {
  return use(loadText(view, useLanguage()))
}
