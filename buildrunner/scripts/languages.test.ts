import { fileURLToPath } from 'node:url'
import { LANGUAGES } from '@buildrunner/sdk/languages'
import { describe, expect, test } from 'vitest'
import { coverage, isWhole } from './languages.ts'
import { isNamed, namesIn } from './languages/areas.ts'
import type { Area, Messages } from './languages/areas.ts'
import { readFile } from './languages/cli-source.ts'
import type { SourceMessage } from './languages/cli-source.ts'
import { coverageOf, faultOf, percent } from './languages/coverage.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

test('every text is there in every language, in every area', () => {
  const areas = coverage(root)
  expect(areas.flatMap(({ faults }) => faults)).toEqual([])
  expect(areas.map(({ name }) => name)).toEqual(['CLI', 'mails and pages', 'site', 'console'])
  for (const { name, keys, translated } of areas) {
    expect(keys, name).toBeGreaterThan(name === 'site' ? 3 : 50)
    for (const language of LANGUAGES) expect(translated[language], `${name} in ${language}`).toBe(keys)
  }
  expect(isWhole(areas)).toBe(true)
})

describe('the report', () => {
  const area = (german: Messages, more: Partial<Area> = {}): Area => {
    const en = { a: 'One {name}', b: '{n, plural, one {# file} other {# files of {name}}}' }
    return { name: 'console', unwrapped: [], catalogues: [{ place: 'messages', messages: { en, es: en, fr: en, de: german }, unused: [], absent: [] }], ...more }
  }
  const german = { a: 'Eins {name}', b: '{n, plural, one {# Datei} other {# Dateien von {name}}}' }

  test('is whole with all keys and their parameters', () => {
    const found = coverageOf(area(german))
    expect(found).toEqual({ name: 'console', keys: 2, translated: { en: 2, es: 2, fr: 2, de: 2 }, faults: [] })
    expect(isWhole([found])).toBe(true)
  })

  test.each([
    [{ a: german.a }, '"b" is missing in de'],
    [{ ...german, a: ' ' }, '"a" is missing in de'],
    [{ ...german, a: 'Eins {nom}' }, '"a" in de says nothing of {name}'],
    [{ ...german, a: 'Eins {name} {more}' }, '"a" in de has a {more} of its own'],
    [{ ...german, b: '{n, plural, one {# Datei}}' }, '"b" in de is no ICU message'],
    [{ ...german, a: 'Eins {name' }, '"a" in de is no ICU message'],
  ])('names what is wrong with %j', (messages, fault) => {
    const found = coverageOf(area(messages))
    expect(found.faults[0]).toContain(fault)
    expect(isWhole([found])).toBe(false)
  })

  test.each([{ unused: ['b'] }, { absent: ['c'] }])('is not whole with %j', (wrong) => {
    const { catalogues } = area(german)
    expect(isWhole([coverageOf(area(german, { catalogues: [{ ...catalogues[0]!, ...wrong }] }))])).toBe(false)
  })

  test('is not whole with texts outside of the catalogue, and never rounds up to all', () => {
    expect(isWhole([coverageOf(area(german, { unwrapped: [{ place: 'x.ts:1', message: 'Some words' }] }))])).toBe(false)
    expect([percent(999, 1000), percent(9999, 10_000), percent(3, 3), percent(0, 0)]).toEqual([99.9, 99.9, 100, 100])
  })

  test('compares parameters by their names, wherever they stand', () => {
    expect(faultOf('{a} {b}', '{b}: {a, select, x {ja} other {nein {b}}}', 'de')).toEqual([])
    expect(faultOf("it's '{'literal'}'", 'wörtlich', 'de')).toEqual([])
  })

  test('knows keys that the source makes of parts', () => {
    const named = namesIn("t('a.b') + t(`notice.${what}`) + t(`${page}.button`)")
    expect(['a.b', 'notice.x', 'page.reset.button', 'a', 'notice', 'button', 'other.c'].filter((key) => isNamed(key, named))).toEqual(['a.b', 'notice.x', 'page.reset.button'])
  })
})

describe('the source of br', () => {
  const read = (text: string): { messages: SourceMessage[]; unwrapped: SourceMessage[] } => {
    const found = { messages: [], unwrapped: [] }
    readFile('x.ts', text, found)
    return found
  }
  const texts = (found: SourceMessage[]): string[] => found.map(({ message }) => message)

  test.each([
    ["t('{n, plural, one {# file} other {# files}}', { n })", '{n, plural, one {# file} other {# files}}'],
    ["const A = [msg('to do')]", 'to do'],
    ["command.option('--x <y>', 'what it is')", 'what it is'],
    ["new Option('--x <y>', 'what it is')", 'what it is'],
    ["command.argument('<id>', 'an item')", 'an item'],
    ["examples(command, [['br plan show', 'the whole plan']])", 'the whole plan'],
    ["const C = [{ path: 'plan show', summary: 'the plan as a tree' }]", 'the plan as a tree'],
  ])('gives to the catalogue: %s', (source, message) => {
    const { messages, unwrapped } = read(source)
    expect([texts(messages), unwrapped]).toEqual([[message], []])
  })

  test.each([
    ["out.note('Nothing was written.')", 'Nothing was written.'],
    ['out.note(`${count} changes are left`)', '{} changes are left'],
    ["dim('deleted')", 'deleted'],
    ["failure('USAGE', { text: 'Say which.' })", 'Say which.'],
    ["ok ? t('all of them') : 'none of them'", 'none of them'],
  ])('is reported where a text is in no catalogue: %s', (source, message) => {
    expect(texts(read(source).unwrapped)).toEqual([message])
  })

  test.each([
    "import x from 'some words here'", "if (kind === 'two words') go()", "throw new RangeError('two words')", "fetch(`${base}/api/projects`)", "type A = 'two words'", "row['two words']",
    "const status = 'in_progress'", "`--${name}=${value}`",
  ])('is silent about what nobody reads: %s', (source) => {
    expect(read(source)).toEqual({ messages: [], unwrapped: [] })
  })
})
