import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_LANGUAGE, LANGUAGES, LANGUAGE_NAMES, isLanguage, matchLanguage, negotiateLanguage, parseAcceptLanguage } from './index.ts'

const letters = fc.stringMatching(/^[a-z]{2,3}$/)
const region = fc.stringMatching(/^[A-Z]{2}$/)
const tag = fc.tuple(fc.oneof(letters, fc.constantFrom(...LANGUAGES)), fc.option(region)).map(([language, place]) => (place === null ? language : `${language}-${place}`))
const weight = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000)

describe('a language is negotiated', () => {
  test.each([
    [['es-MX'], 'es'],
    [['pt-BR', 'FR-ca', 'de'], 'fr'],
    [['de_AT.UTF-8'], 'de'],
    [['zh-Hant-TW', 'ja'], 'en'],
    [['esperanto', 'deu', ''], 'en'],
    [[], 'en'],
  ])('%j gets %s', (preferences, language) => {
    expect(negotiateLanguage(preferences)).toBe(language)
  })

  test('the first preference with texts wins, whatever stands around it', () => {
    fc.assert(
      fc.property(fc.array(tag), (tags) => {
        const first = tags.find((one) => isLanguage(one.split('-')[0]))
        expect(matchLanguage(tags)).toBe(first === undefined ? null : first.split('-')[0])
        expect(negotiateLanguage(tags)).toBe(matchLanguage(tags) ?? DEFAULT_LANGUAGE)
      }),
    )
  })

  test('any text yields a language', () => {
    fc.assert(fc.property(fc.array(fc.string()), fc.string(), (preferences, header) => LANGUAGES.includes(negotiateLanguage([...preferences, ...parseAcceptLanguage(header)]))))
  })

  test('every language has a name of its own, and a region is no language', () => {
    expect(Object.keys(LANGUAGE_NAMES)).toEqual([...LANGUAGES])
    for (const language of LANGUAGES) expect(LANGUAGE_NAMES[language].toLowerCase()).toBe(new Intl.DisplayNames(language, { type: 'language' }).of(language)?.toLowerCase())
    expect([isLanguage('de'), isLanguage('de-AT'), isLanguage('DE'), isLanguage(null), isLanguage('constructor')]).toEqual([true, false, false, false, false])
  })
})

describe('Accept-Language', () => {
  test.each([
    ['da, en-gb;q=0.8, en;q=0.7', ['da', 'en-gb', 'en']],
    ['en;q=0.5, de-AT, fr;q=0', ['de-AT', 'en']],
    ['es ; q=0.3 ,\tfr;q=0.30, de;Q=1.000', ['de', 'es', 'fr']],
    ['*', ['en', 'es', 'fr', 'de']],
    ['en;q=0, es;q=0.1, *;q=0.5', ['fr', 'de', 'es']],
    ['de;q=2, fr;q=0.1234, es;q=, en-US', ['en-US']],
    ['<script>, ;;;, de', ['de']],
    [', ,', []],
    ['', []],
    [null, []],
    [undefined, []],
  ])('%j means %j', (header, tags) => {
    expect(parseAcceptLanguage(header)).toEqual(tags)
  })

  test('tags come back by falling weight, equal ones in their order, those of weight 0 not at all', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(tag, weight)), (ranges) => {
        const header = ranges.map(([one, q]) => (q === 1 ? one : `${one};q=${q}`)).join(', ')
        const expected = ranges.map(([one, q], place) => ({ one, q, place })).filter(({ q }) => q > 0).sort((a, b) => b.q - a.q || a.place - b.place)
        expect(parseAcceptLanguage(header)).toEqual(expected.map(({ one }) => one))
      }),
    )
  })

  test('a wildcard never brings back what the header names', () => {
    fc.assert(
      fc.property(fc.subarray([...LANGUAGES]), fc.boolean(), (refused, first) => {
        const ranges = refused.map((language) => `${language};q=0`)
        const header = (first ? ['*', ...ranges] : [...ranges, '*']).join(',')
        expect(parseAcceptLanguage(header)).toEqual(LANGUAGES.filter((language) => !refused.includes(language)))
      }),
    )
  })

  test('a long hostile header is read in time that grows with its length', () => {
    const started = performance.now()
    expect(parseAcceptLanguage(`${'a-'.repeat(50_000)};q=0.1,de`)).toEqual(['de'])
    expect(parseAcceptLanguage('de,'.repeat(20_000))).toHaveLength(20_000)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
