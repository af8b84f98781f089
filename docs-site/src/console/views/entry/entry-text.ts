/** Texts of the entry, and what the server's refusals mean in them. */
import type { BuildRunnerError } from '@buildrunner/sdk'
import { currentLanguage } from '../../text/language.ts'
import { useText } from '../../text/text.ts'
import type { Text } from '../../text/text.ts'
import { faultOf } from '../../ui/form.tsx'

export type EntryKey = keyof typeof import('./messages/en.json')
export type EntryText = Text<EntryKey>
export const useEntryText = (): EntryText => useText<EntryKey>('entry')

const KNOWN = ['INVALID_CREDENTIALS', 'CODE_INVALID', 'LINK_INVALID', 'UNAUTHENTICATED'] as const
const PASSWORD_FIELDS = ['password', 'newPassword']

/** What to say of an error at a field. The server's own words are English, but of a password. */
export function explain(t: EntryText, error: BuildRunnerError): string {
  const known = KNOWN.find((code) => code === error.code)
  if (known !== undefined) return t(`error.${known}`)
  return error.code === 'VALIDATION_FAILED' && currentLanguage() !== 'en' && !PASSWORD_FIELDS.includes(faultOf(error) ?? '') ? t('error.input') : error.message
}

/** What is wrong with one input, if it is that one. */
export const errorAt = (t: EntryText, field: string, error: BuildRunnerError | undefined): string | undefined =>
  error !== undefined && faultOf(error) === field ? explain(t, error) : undefined
