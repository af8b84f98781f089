/** Every word of the pages is in the British dictionary or in our own list, and every word of that list is used. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import dictionary from 'dictionary-en-gb'
import nspell from 'nspell'
import { expect, test } from 'vitest'
import { documentationPages } from './code/all-pages.ts'
import { ROOT, pageOf, proseOf } from './code/pages.ts'
import type { Page } from './code/pages.ts'

const LIST = join(ROOT, 'docs-site', 'testing', 'words.txt')
const ours = readFileSync(LIST, 'utf8').trim().split('\n')
const spell = nspell(dictionary.aff, dictionary.dic)
/** References say what the sources say: their identifiers are no words. */
const pages = documentationPages().filter(({ url }) => !url.startsWith('/reference/'))

const NO_WORDS: readonly RegExp[] = [
  /^import .*$/gm, /<!--[\s\S]*?-->/g, /(`+)(?:(?!\1)[\s\S])+?\1/g, /(?<=\])\([^)]*\)/g, /<[^>]+>/g, /\bhttps?:\/\/\S+/g,
  /\b[\w.-]+\.(?:json|yml|yaml|ts|md|sh|jsonl|xml|txt|com|dev)\b/g, /\b[A-Z]+(?:_[A-Z]+)+\b/g, /&\w+;/g,
]

/** What is read as words: prose, title and description, without code, addresses, markup and names of files. */
function textOf(page: Page): string {
  const prose = `${page.title}\n${page.description}\n${proseOf(page)}`
  return NO_WORDS.reduce((text, pattern) => text.replaceAll(pattern, ' '), prose)
}

const WORD = /[\p{L}][\p{L}'’]*[\p{L}]|\p{L}/gu
const wordsOf = (page: Page): string[] => textOf(page).match(WORD)?.map((word) => word.replaceAll('’', "'").replace(/'s?$/, '')) ?? []
/** A code in its own words, and names in which words are joined, are judged elsewhere. */
const isName = (word: string): boolean => /^[A-Z]+$/.test(word) || /\p{Ll}\p{Lu}/u.test(word) || /\p{Lu}{2}/u.test(word)
const known = new Set(ours)
const isRight = (word: string): boolean => word.length < 2 || isName(word) || spell.correct(word) || known.has(word) || known.has(word.toLowerCase())

const faultsOf = (page: Page): string[] => [...new Set(wordsOf(page).filter((word) => !isRight(word)))].map((word) => `${page.file}: ${word}`)

test('every word is spelt as the dictionary or our list has it', () => {
  expect(pages.flatMap(faultsOf)).toEqual([])
})

test('a word that is misspelt, or in American spelling, would fail', () => {
  const page = pageOf('x.md', '---\ntitle: A titel\n---\nThe colour is a color. `kode` is code.')
  expect(faultsOf(page)).toEqual([expect.stringContaining('titel'), expect.stringContaining('color')])
})

test('our list is sorted, and holds only words that are used and that the dictionary lacks', () => {
  expect(ours).toEqual([...new Set(ours)].sort((a, b) => a.localeCompare(b, 'en')))
  const used = new Set(pages.flatMap(wordsOf).flatMap((word) => [word, word.toLowerCase()]))
  expect(ours.filter((word) => !used.has(word) || spell.correct(word))).toEqual([])
})
