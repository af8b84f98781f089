import { LANGUAGES, matchLanguage } from '@buildrunner/sdk/languages'
import type { Language } from '@buildrunner/sdk/languages'
import { ValidationError } from './errors.ts'

/** The language that a tag names; `de-AT` is German. @throws ValidationError where there are no texts in it */
export function readLanguage(tag: string): Language {
  const language = matchLanguage([tag])
  if (language === null) throw new ValidationError(`There are no texts in ${JSON.stringify(tag.slice(0, 35))}. Choose one of ${LANGUAGES.join(', ')}.`, ['language'])
  return language
}
