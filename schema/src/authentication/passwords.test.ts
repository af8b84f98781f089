import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LANGUAGES } from '@buildrunner/sdk/languages'
import { textIn } from '../text/text.ts'
import { passwordFault, unguessableLength } from './passwords.ts'

const ADA = { email: 'ada.lovelace@example.com', name: 'Ada Lovelace' }
const fault = (password: string): string | null => passwordFault(password, ADA, 12, textIn('en'))

describe('a password is accepted', () => {
  test.each(['correct horse battery staple', 'Tr0ub4dor&3xkcd', 'pferd-klammer-akku', 'vR7#kq2Lm9!xTz', 'много разных слов', '馬正確電池釘正確馬電池釘門窓'])('%s', (password) => {
    expect(fault(password)).toBeNull()
  })
})

describe('a password is refused', () => {
  test.each([
    ['short', 'at least 12 characters; this one has 5'],
    ['password1234', 'guessed first'], ['P@ssw0rd2026!', 'guessed first'], ['qwertyuiop12', 'guessed first'], ['1qaz2wsx3edc', 'guessed first'], ['aaaaaaaaaaaaaaaa', 'guessed first'],
    ['abcabcabcabcabc', 'guessed first'], ['123456789012', 'guessed first'], ['iloveyou2026', 'guessed first'], ['BuildRunner2026', 'guessed first'], ['poiuytrewqlkj', 'guessed first'],
    ['lovelace-ada-42', 'your name or e-mail address'], ['example.com-ada', 'your name or e-mail address'], ['Ada.Lovelace@example.com', 'your name or e-mail address'],
    ['x'.repeat(129), 'at most 128'],
  ])('%s', (password, message) => {
    expect(fault(password)).toContain(message)
  })

  test('length counts what people see as characters, not bytes', () => {
    expect(passwordFault('😀😁😂😃😄😅😆😇', ADA, 8, textIn('en'))).toBeNull()
    expect(passwordFault('😀😁😂😃😄😅😆', ADA, 8, textIn('en'))).toContain('this one has 7')
  })
})

test('each reason is told in each language, in words of its own', () => {
  const reasons = LANGUAGES.flatMap((language) => ['short', 'x'.repeat(129), 'lovelace-ada-42', 'password1234'].map((password) => passwordFault(password, ADA, 12, textIn(language))))
  expect(new Set(reasons).size).toBe(4 * LANGUAGES.length)
  expect(reasons).toContain('Ein Passwort hat mindestens 12 Zeichen; dieses hat 5.')
})

test('random passwords of the minimum length are accepted', () => {
  const letters = 'bcdfghkmnpstvxz'.split('')
  fc.assert(fc.property(fc.shuffledSubarray(letters, { minLength: 12, maxLength: 12 }), (characters) => {
    expect(fault(characters.join(''))).toBeNull()
  }))
})

test('knowing more of the person leaves no more to guess, nor does putting a guess in front', () => {
  fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 40 }), fc.string({ minLength: 3, maxLength: 10 }), (password, known) => {
    expect(unguessableLength(password, [known])).toBeLessThanOrEqual(password.normalize('NFKC').length)
    expect(unguessableLength(`password${known}`, [known])).toBeLessThanOrEqual(known.length)
  }))
})
