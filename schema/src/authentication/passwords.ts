/**
 * What a password must be, after NIST SP 800-63B: long, and not what an attacker tries first. No rules about kinds of characters:
 * they make passwords harder to remember, not to guess.
 */
import type { Text } from '../text/text.ts'

/** scrypt takes any length; this bounds the work of one request. */
export const MAX_PASSWORD_LENGTH = 128

/** What must be left of a password once everything that is guessed first is taken out of it. */
const MIN_UNGUESSABLE = 6

/** The words that lead the published statistics of leaked passwords, and what stands near them; chosen by hand. */
const COMMON_WORDS = [
  'password', 'passwort', 'passw', 'pass', 'welcome', 'admin', 'administrator', 'letmein', 'login', 'master', 'secret', 'iloveyou', 'loveyou', 'love', 'monkey', 'dragon',
  'princess', 'sunshine', 'shadow', 'superman', 'batman', 'football', 'baseball', 'basketball', 'soccer', 'hockey', 'michael', 'jordan', 'jennifer', 'jessica', 'ashley', 'daniel',
  'charlie', 'thomas', 'robert', 'matthew', 'andrew', 'joshua', 'freedom', 'whatever', 'trustno', 'starwars', 'computer', 'internet', 'killer', 'hello', 'ninja', 'azerty',
  'changeme', 'default', 'guest', 'test', 'root', 'user', 'temp', 'qazwsx', 'access', 'flower', 'cheese', 'summer', 'winter', 'spring', 'autumn', 'monday', 'friday', 'january',
  'liverpool', 'chelsea', 'arsenal', 'pokemon', 'naruto', 'blink', 'google', 'facebook', 'linkedin', 'buildrunner', 'build', 'runner',
]
/** Rows of keyboards, the alphabet and the digits: any run of four or more along them, in either direction, is a sequence. */
const LINES = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop', 'yxcvbnm', 'azertyuiop', 'qsdfghjklm', '1qaz2wsx3edc4rfv', '1q2w3e4r5t6y7u8i9o0p', 'abcdefghijklmnopqrstuvwxyz', '01234567890']
const MIN_RUN = 4

const LEET: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' }

const unleet = (text: string): string => text.replace(/[013457@$!]/g, (character) => LEET[character] as string)

/** Marks what is guessed first; equal lengths before and after keep both spellings aligned. */
const TAKEN = '\0'
const takeOut = (text: string, part: string): string => text.replaceAll(part, TAKEN.repeat(part.length))

function takeOutRuns(text: string): string {
  for (const line of LINES.flatMap((each) => [each, each.split('').reverse().join('')])) {
    for (let length = Math.min(line.length, text.length); length >= MIN_RUN; length--) {
      for (let start = 0; start + length <= line.length; start++) text = takeOut(text, line.slice(start, start + length))
    }
  }
  return text
}

/** How many characters of a password an attacker who knows the person does not try first. */
export function unguessableLength(password: string, known: readonly string[]): number {
  const lower = password.normalize('NFKC').toLowerCase()
  const words = [...known.map((word) => word.toLowerCase()), ...COMMON_WORDS].sort((a, b) => b.length - a.length)
  const withoutWords = (text: string): string => words.reduce((rest, word) => takeOut(rest, word), text)
  const [plain, leet] = [withoutWords(takeOutRuns(lower)), withoutWords(unleet(lower))]
  const rest = [...plain].filter((character, index) => character !== TAKEN && leet[index] !== TAKEN).join('')
  // years, and a group of characters that is repeated, count once
  const repeated = rest.replace(/(19|20)\d\d/g, '').replace(/(.{1,4}?)\1+/g, '$1')
  return repeated.length
}

/** Parts of a name or an address that are long enough to be recognised in a password. */
const partsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u).filter((part) => part.length >= 3)

export interface PasswordOwner {
  readonly email: string
  readonly name: string
}

/** Why a password is not accepted, in the reader's language; null when it is. Lengths count code points. */
export function passwordFault(password: string, { email, name }: PasswordOwner, minLength: number, t: Text): string | null {
  const { length } = [...password]
  if (length < minLength) return t('password.tooShort', { min: minLength, length })
  if (length > MAX_PASSWORD_LENGTH) return t('password.tooLong', { max: MAX_PASSWORD_LENGTH, length })
  const parts = [...partsOf(email), ...partsOf(name)]
  if (unguessableLength(password, parts) >= MIN_UNGUESSABLE) return null
  return parts.some((part) => password.toLowerCase().includes(part.toLowerCase())) && unguessableLength(password, []) >= MIN_UNGUESSABLE
    ? t('password.personal')
    : t('password.common')
}
