import fc from 'fast-check'
import { IntlMessageFormat } from 'intl-messageformat'
import { expect, test } from 'vitest'
import { LANGUAGES } from '@buildrunner/sdk/languages'
import { formatMessage } from './format.ts'

const values = fc.record({ n: fc.oneof(fc.nat(30), fc.nat(2_000_000)), name: fc.constantFrom('Ada', "O'Neil", '{x}', '#', '') })
const text = fc.stringMatching(/^[a-zà-ü .,:;()"–-]{0,12}$/)
const literal = fc.oneof(text, fc.constantFrom("it''s", "don't", "'{n}'", "''", "a '{' b"))
const argument = fc.constantFrom('{name}', '{ n }', '{n}')
const inPlural = fc.array(fc.oneof(literal, argument, fc.constant('#'), fc.constant("'#'")), { maxLength: 3 }).map((parts) => parts.join(' '))
const plural = fc.tuple(fc.option(inPlural), inPlural, inPlural).map(([none, one, other]) => `{n, plural,${none === null ? '' : ` =0 {${none}}`} one {${one}} other {${other}}}`)
const outsidePlural = fc.array(fc.oneof(literal, argument), { maxLength: 3 }).map((parts) => parts.join(' '))
const select = fc.tuple(outsidePlural, plural).map(([ada, other]) => `{name, select, Ada {${ada}} other {${other}}}`)
const message = fc.array(fc.oneof(literal, argument, plural, select), { maxLength: 5 }).map((parts) => parts.join(' '))

test.each(LANGUAGES)('in %s a message reads as ICU has it', (language) => {
  fc.assert(
    fc.property(message, values, (source, given) => {
      expect(formatMessage(source, given, language)).toBe(String(new IntlMessageFormat(source, language, undefined, { ignoreTag: true }).format(given)))
    }),
    { numRuns: 300 },
  )
})

test.each(['{', '{n', '{n,', 'a } b', '{n, plural}', '{n, plural, one', '{n, plural, one {#}', '{n, date}', '{a b}'])('%j is no message', (source) => {
  expect(() => formatMessage(source, { n: 1 }, 'en')).toThrow(SyntaxError)
})

test.each([
  ['{n} of {n, plural, one {# file} other {# files}}', { n: 1 }, 'en', '1 of 1 file'],
  ['{n, plural, one {# Datei} other {# Dateien}}', { n: 12_000 }, 'de', '12.000 Dateien'],
  ['{n, plural, one {# fichier} many {# fichiers} other {# fichiers}}', { n: 0 }, 'fr', '0 fichier'],
  ['{what} is missing', {}, 'en', ' is missing'],
])('%j with %j in %s', (source, given, language, expected) => {
  expect(formatMessage(source, given, language)).toBe(expected)
})
