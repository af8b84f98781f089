import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { discordBody, escapeDiscord, escapeSlack, slackBody } from './chat.ts'
import { cut, messageOf } from './message.ts'
import type { MessageFacts } from './message.ts'

const event = { sequence: 7, kind: 'comment.added', version: 1, actor: '0192aaaa-0000-7000-8000-000000000001', origin: 'test', requestId: 'r', createdAt: '2026-11-23T10:00:00Z', data: { parentId: null } }
const FACTS: MessageFacts = {
  event, priority: 'HIGH', project: 'R&D', actor: 'Ada <!channel>', item: { key: 'T-12', title: 'Write *the* @everyone guide' }, text: 'See <https://evil.example|here>\nand *there*', url: 'https://plans.example.com',
}
const changed = (changes: unknown[]): MessageFacts => ({ ...FACTS, event: { ...event, kind: 'plan.changed', data: { changes } }, item: null, text: null, actor: 'Ada' })
const slack = (facts: MessageFacts) => JSON.parse(slackBody(messageOf(facts)))
const discord = (facts: MessageFacts) => JSON.parse(discordBody(messageOf(facts)))

test('Slack gets blocks with a colour: who did what on which item, what they wrote, and a link; nothing of it is a mention or a link of theirs', () => {
  expect(slack(FACTS)).toEqual({
    text: 'Ada &lt;!channel&gt; commented on T-12 Write *the* @everyone guide',
    attachments: [{
      color: '#f97316',
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', verbatim: true, text: '🟠 Ada &lt;!channel&gt; commented on *T-12 Write *the* @everyone guide*' } },
        { type: 'section', text: { type: 'mrkdwn', verbatim: true, text: '>See &lt;https://evil.example|here&gt; and *there*' } },
        { type: 'context', elements: [{ type: 'mrkdwn', verbatim: true, text: 'R&amp;D · <https://plans.example.com|BuildRunner>' }] },
      ],
    }],
  })
})

test('Discord gets an embed with a colour, in which nothing that people wrote formats or mentions', () => {
  expect(discord(FACTS)).toEqual({
    allowed_mentions: { parse: [] },
    embeds: [{
      title: 'R&D', url: 'https://plans.example.com', color: 0xf97316,
      description: '🟠 Ada \\<!channel\\> commented on **T\\-12 Write \\*the\\* \\@everyone guide**\n> See \\<https://evil.example\\|here\\> and \\*there\\*',
    }],
  })
})

test('no escaped text holds a control character of Slack, or one of Discord without a backslash', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'<>&@#*_~`|[]()\\-:a1. ') }), (text) => {
      expect(escapeSlack(text)).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/)
      expect(escapeDiscord(text).replace(/\\[^a-z0-9\s]/g, '')).not.toMatch(/[\\*_~`|>#[\]()<@-]/)
      expect(escapeDiscord(text).replace(/\\(.)/g, '$1')).toBe(text)
    }),
  )
})

describe('a message', () => {
  test('lists what changed in a plan, at most five changes', () => {
    const update = { op: 'update', id: 'T-1', set: { status: 'done', estimate: { likely: 4 }, notes: null } }
    expect(messageOf(changed([update])).lines).toEqual(['T-1: status is done, estimate is {"likely":4}, notes is nothing'])
    const all = [{ op: 'add', kind: 'step', item: { id: 'S-1', title: 'Sign-in' } }, { op: 'move', id: 'S-1' }, { op: 'remove', id: 'S-2' }, { op: 'rename', id: 'S-3', to: 'S-4' }, { op: 'head', set: {} }, update, update]
    expect(messageOf(changed(all)).lines).toEqual(['added the step S-1 Sign-in', 'moved S-1', 'removed S-2', 'renamed S-3 to S-4', 'changed the head of the plan', 'and 2 more'])
  })

  test.each<[Partial<MessageFacts>, lead: string, item: string | null]>([
    [{}, 'Ada <!channel> commented on', 'T-12 Write *the* @everyone guide'],
    [{ event: { ...event, data: { parentId: 'cmt_1' } } }, 'Ada <!channel> answered a comment on', 'T-12 Write *the* @everyone guide'],
    [{ item: null }, 'Ada <!channel> commented on', 'an item that was removed'],
    [{ actor: null }, 'Somebody commented on', 'T-12 Write *the* @everyone guide'],
    [{ event: { ...event, actor: '00000000-0000-0000-0000-000000000000', kind: 'webhook.disabled' }, item: null }, 'BuildRunner disabled a webhook', null],
    [{ event: { ...event, kind: 'a.kind_of.tomorrow' }, item: null }, 'Ada <!channel> a.kind_of.tomorrow', null],
  ])('%#: %s', (facts, lead, item) => {
    expect(messageOf({ ...FACTS, ...facts })).toMatchObject({ lead, item })
  })

  test('stays within what Slack and Discord take, however long the texts are', () => {
    const long = '&<*𝔘'.repeat(100_000)
    const facts = { ...changed(Array.from({ length: 99 }, () => ({ op: 'update', id: 'T-1', set: { notes: long } }))), project: long, actor: long, item: { key: long, title: long }, text: long }
    for (const all of [facts, { ...facts, item: { key: '&'.repeat(500), title: '' }, actor: '&'.repeat(500) }, { ...FACTS, text: '&'.repeat(500) }]) {
      const sections = slack(all).attachments[0].blocks.slice(0, -1)
      expect(Math.max(...sections.map(({ text }: any) => text.text.length))).toBeLessThan(3_000)
    }
    expect(discord(facts).embeds[0].description.length).toBeLessThan(4_096)
    expect(discord(facts).embeds[0].title.length).toBeLessThanOrEqual(256)
  })

  test('is cut between characters', () => {
    expect([cut('  a\n b ', 10), cut('😀😀😀', 3), cut('😀😀😀😀', 3), cut('ab cd', 4)]).toEqual(['a b', '😀😀😀', '😀😀…', 'ab…'])
  })
})
