import { DEFAULT_LANGUAGE, LANGUAGES, negotiateLanguage } from '@buildrunner/sdk/languages'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import de from './de.json' with { type: 'json' }
import { speak, spokenLanguage } from './language.ts'
import { currentLanguage, t, translated, useCatalogue } from './text.ts'

afterEach(() => useCatalogue(DEFAULT_LANGUAGE, {}))

describe('the language of a run', () => {
  test.each([
    [{}, 'en'],
    [{ LANG: 'de_AT.UTF-8' }, 'de'],
    [{ LANG: 'de_DE.UTF-8', LC_MESSAGES: 'fr_FR' }, 'fr'],
    [{ LANG: 'de_DE.UTF-8', LC_MESSAGES: 'fr_FR', LC_ALL: 'C' }, 'en'],
    [{ LANG: 'de_DE.UTF-8', LC_ALL: 'POSIX' }, 'en'],
    [{ LANG: 'de_DE.UTF-8', LC_ALL: '' }, 'de'],
    [{ LC_ALL: 'de_DE', BUILDRUNNER_LANG: 'es-MX' }, 'es'],
    [{ LC_ALL: 'de_DE', BUILDRUNNER_LANG: 'ja' }, 'en'],
  ])('of %j is %s', (env, language) => {
    expect(spokenLanguage(['status'], env)).toEqual({ language, argv: ['status'] })
  })

  test.each([
    [['--lang', 'fr', 'status'], { language: 'fr', argv: ['status'] }],
    [['status', '--lang=fr', '-x'], { language: 'fr', argv: ['status', '-x'] }],
    [['status', '--lang', 'fr', '--json'], { language: 'en', argv: ['status', '--json'] }],
    [['status', '--json'], { language: 'en', argv: ['status', '--json'] }],
    [['status', '--lang=ja'], { language: 'de', argv: ['status'], unknown: 'ja' }],
    [['status', '--lang'], { language: 'de', argv: ['status'], unknown: '' }],
    [['comments', 'add', 'T1', '--', '--lang=fr'], { language: 'de', argv: ['comments', 'add', 'T1', '--', '--lang=fr'] }],
  ])('of br %j', (words, spoken) => {
    expect(spokenLanguage(words, { LANG: 'de_DE.UTF-8' })).toEqual(spoken)
  })

  test('is that of the first variable that is set, whatever the others say', () => {
    const value = fc.option(fc.constantFrom('', 'C', 'POSIX', 'de_DE.UTF-8', 'fr', 'es_ES@euro', 'ja_JP', 'xx'), { nil: undefined })
    fc.assert(
      fc.property(fc.tuple(value, value, value, value), (values) => {
        const [BUILDRUNNER_LANG, LC_ALL, LC_MESSAGES, LANG] = values
        const first = values.find((one) => one !== undefined && one !== '')
        const { language } = spokenLanguage([], { BUILDRUNNER_LANG, LC_ALL, LC_MESSAGES, LANG })
        expect(LANGUAGES).toContain(language)
        expect(language).toBe(negotiateLanguage(first === undefined ? [] : [first]))
      }),
    )
  })

  test('asked for by --lang comes before every variable, wherever it stands', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LANGUAGES), fc.array(fc.constantFrom<string>('plan', 'show', '-x', '--file=a')), fc.nat(), fc.boolean(), (language, words, place, isOneWord) => {
        const at = place % (words.length + 1)
        const argv = words.toSpliced(at, 0, ...(isOneWord ? [`--lang=${language}`] : ['--lang', language]))
        expect(spokenLanguage(argv, { LC_ALL: 'fr_FR', BUILDRUNNER_LANG: 'es' })).toEqual({ language, argv: words })
      }),
    )
  })
})

describe('texts', () => {
  test('are English until another language is spoken, and English where it has none', async () => {
    expect([currentLanguage(), t('Nothing was changed.')]).toEqual(['en', 'Nothing was changed.'])
    await speak('de')
    expect([currentLanguage(), t('Nothing was changed.')]).toEqual(['de', de['Nothing was changed.']])
    expect(t('{n, plural, one {# thing} other {# things}} of nobody', { n: 1 })).toBe('1 thing of nobody')
  })

  test('count by the rules of the language', async () => {
    const changes = (count: number): string => t('{count, plural, one {# change} other {# changes}}', { count })
    expect([changes(0), changes(1), changes(12_000)]).toEqual(['0 changes', '1 change', '12,000 changes'])
    await speak('fr')
    expect([changes(0), changes(1), changes(12_000)]).toEqual(['0 modification', '1 modification', '12\u202f000 modifications'])
  })

  test('that stand as they are shown are translated where they are known', async () => {
    await speak('es')
    expect(translated('add a milestone, step or microstep')).toBe('añadir un hito, paso o micropaso')
    expect(translated('{ not a message')).toBe('{ not a message')
  })
})
