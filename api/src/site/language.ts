/** Addresses of the site by language: English at the root, the others in a folder of their own. */
import { LANGUAGE_PARAMETER } from '@buildrunner/sdk/languages'
import type { Language } from '@buildrunner/sdk/languages'

/** `/de/guides/deploy/` for `/guides/deploy/` or `/fr/guides/deploy/`. */
export const inLanguage = (path: string, language: Language): string => `${language === 'en' ? '' : `/${language}`}${path.replace(/^\/(es|fr|de)(?=\/)/, '')}`

/** Remembers a choice for a year. */
export const languageCookie = (language: Language): string => `${LANGUAGE_PARAMETER}=${language}; Path=/; Max-Age=31536000; SameSite=Lax`
