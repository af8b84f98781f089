import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findMentions, parseMentions } from './index.ts'

const names = (text: string): string[] => parseMentions(text).map(({ kind, name }) => (kind === 'user' ? name : `${kind}:${name}`))

test.each([
  ['Great work @johndoe! @role:QA please review.', ['johndoe', 'role:QA']],
  ['@ada', ['ada']],
  ['(@ada), "@grace.h" and @a-b_c.', ['ada', 'grace.h', 'a-b_c']],
  ['@team:frontend.', ['team:frontend']],
  ['@jürgen @李', ['jürgen', '李']],
  ['@Ada and @ada', ['Ada']],
  ['**@ada**\n- @bob', ['ada', 'bob']],
])('%j mentions %j', (text, expected) => expect(names(text)).toEqual(expected))

test.each([
  'ada@example.com',
  'ada.l@example.com',
  'an @ alone, @-x and @.x',
  String.raw`\@ada`,
  '@@ada',
  '`@ada`',
  '``a ` @ada``',
  '```\n@ada\n```',
  '~~~ts\n@ada',
  '@role: QA',
  '@role:',
  `@${'x'.repeat(65)}`,
])('%j mentions nobody', (text) => expect(names(text)).toEqual([]))

test('code ends where it ends', () => {
  expect(names('`a` @ada `b` @bob')).toEqual(['ada', 'bob'])
  expect(names('```\n@no\n```\n@ada')).toEqual(['ada'])
  expect(names('a lone ` and @ada')).toEqual(['ada'])
})

test('a place holds the mention that it names', () => {
  const word = fc.constantFrom('@ada', '@role:QA', '@team:x-y', 'text', '`code`', '@', 'a@b', '\n', '.', '😀')
  fc.assert(
    fc.property(fc.array(word).map((words) => words.join(' ')), (text) => {
      for (const { kind, name, start, end } of findMentions(text)) expect(text.slice(start, end)).toBe(kind === 'user' ? `@${name}` : `@${kind}:${name}`)
    }),
  )
})

test('a text of 200,000 characters that tempts a pattern to backtrack is read at once', () => {
  const text = [1, 2, 3].map((length) => `${'`'.repeat(length)} @a.`).join('').repeat(10_000)
  expect(findMentions(`${text}${'~~~ @b. '.repeat(10_000)}`).length).toBeGreaterThan(0)
})
