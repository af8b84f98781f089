/** Every stable code has its page, and what the pages say was said by the product. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { problemIn } from '../../buildrunner/scripts/site/error-examples.ts'
import { explainedCodes } from '../../buildrunner/scripts/site/explained-codes.ts'
import { errorTexts, troubleshootingPages } from '../../buildrunner/scripts/site/troubleshooting.ts'
import { ROOT } from './code/pages.ts'

const codes = explainedCodes()
const texts = errorTexts()
const nameOf = ({ family, code }: { family: string; code: string }): string => `${family} ${code}`

test('every stable code has a text, and every text a code', () => {
  expect([...texts.keys()].sort()).toEqual([...new Set(codes.map(nameOf))].sort())
})

test('every code leads to a page that says what it means and how to mend it', () => {
  const pages = troubleshootingPages()
  expect(pages.size).toBe(new Set(codes.map(({ slug }) => slug)).size + 1)
  for (const { slug, code } of codes) {
    const page = pages.get(`troubleshooting/${slug}.md`) ?? ''
    expect(page, code).toContain(`| Code | \`${code}\` |`)
    expect(page, code).toMatch(/^###? What it means$/m)
    expect(page, code).toMatch(/^###? How to fix it$/m)
    expect(pages.get('troubleshooting/index.md'), code).toContain(`(/troubleshooting/${slug}/)`)
  }
})

/** The sources' texts, without what quotation marks of the language add. */
let sources = ''
const plain = (text: string): string => text.replaceAll(/[\\'"`]/g, '')
beforeAll(() => {
  const files = globSync('{sdk,schema,api,cli}/src/**/*.{ts,json}', { cwd: ROOT, exclude: (path) => /node_modules|\.test\.ts$/.test(String(path)) })
  sources = plain(files.map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n'))
})

test('what a page shows as a message is in the sources, around what differs each time', () => {
  const partsOf = (says: string): string[] => says.split(/‹[^›]*›/).map(plain).filter((part) => part.trim() !== '')
  const unsaid = [...texts].flatMap(([name, { says = '' }]) => partsOf(says).filter((part) => !sources.includes(part)).map((part) => `${name}: ${part}`))
  expect(unsaid).toEqual([])
})

test('a code whose text has no such problem would fail', () => {
  const code = codes.find(({ family }) => family === 'plan')!
  expect(() => problemIn(code, '{ "version": 1, "project": { "name": "Shop" }, "milestones": [] }')).toThrow(/has no such problem/)
})
