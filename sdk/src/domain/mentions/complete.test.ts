import fc from 'fast-check'
import { expect, test } from 'vitest'
import { draftMention, insertMention } from './complete.ts'
import { findMentions } from './index.ts'

/** The text with the cursor written as `|`. */
const typed = (marked: string) => ({ text: marked.replace('|', ''), cursor: marked.indexOf('|') })
const marked = ({ text, cursor }: { text: string; cursor: number }): string => `${text.slice(0, cursor)}|${text.slice(cursor)}`

test.each([
  ['@|', '', 0],
  ['Ask @gr|', 'gr', 4],
  ['Ask @gr|ace', 'gr', 4],
  ['(@role:Q|', 'role:Q', 1],
  ['@team:|', 'team:', 0],
  ['@jür|', 'jür', 0],
])('%j asks for %j', (text, prefix, start) => expect(draftMention(typed(text))).toEqual({ prefix, start }))

test.each(['|@ada', 'ada@ex|', '@ada |', 'no|', '\\@ad|', '@@a|', '@other:x|', 'a/@b|'])('%j asks for nothing', (text) => expect(draftMention(typed(text))).toBeUndefined())

test.each([
  ['Ask @gr|', 'user', 'grace', 'Ask @grace |'],
  ['Ask @gr| about it', 'USER', 'grace', 'Ask @grace |about it'],
  ['@gra|ham and', 'user', 'grace', '@grace |and'],
  ['@ro|', 'ROLE', 'QA', '@role:QA |'],
  ['@role:q|', 'ROLE', 'QA', '@role:QA |'],
  ['word|', 'team', 'web', 'word @team:web |'],
  ['|', 'user', 'ada', '@ada |'],
  ['one\n|two', 'user', 'ada', 'one\n@ada |two'],
])('%j becomes with %s %s %j', (text, kind, name, expected) => expect(marked(insertMention(typed(text), { kind, name }))).toBe(expected))

test('what is inserted is a mention, wherever it is', () => {
  const text = fc.array(fc.constantFrom('a', '@', ' ', '.', 'é', '\n', ':', '-', '@ro', '(')).map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, fc.nat(), fc.constantFrom('user', 'role', 'team'), (before, at, kind) => {
      const { text: after, cursor } = insertMention({ text: before, cursor: at % (before.length + 1) }, { kind, name: 'x1' })
      expect(findMentions(after).filter(({ end }) => end === cursor - 1)).toMatchObject([{ kind, name: 'x1' }])
    }),
  )
})
