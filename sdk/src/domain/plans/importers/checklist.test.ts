import { describe, expect, it } from 'vitest'
import { errorsOf, importText, notesOf } from './testing/books.ts'

describe('plain check lists', () => {
  it('make milestones of headings, and steps of items that hold items', () => {
    const { plan, report } = importText(
      'ROADMAP.md',
      '# Roadmap\n\nHello.\n\n## Parts\n\nText.\n\n- [ ] Menu\n    * [x] Search\n    * [ ] Filter\n- [x] Theme\n\n## Flat\n\n* [x] one\n+ [ ] two\n1. [ ] three\n2) [-] four\n',
    )
    expect(report).toMatchObject({
      format: 'checklist',
      found: 8,
      arrived: { milestones: 0, steps: 2, microsteps: 6 },
      added: { milestones: 2, steps: 1, microsteps: 1 },
    })
    expect(plan).toEqual({
      version: 1,
      project: { name: 'Roadmap', description: 'Hello.' },
      milestones: [
        {
          id: 'parts',
          title: 'Parts',
          description: 'Text.',
          steps: [
            {
              id: 'parts.menu',
              title: 'Menu',
              microsteps: [
                { id: 'parts.menu.search', title: 'Search', status: 'done' },
                { id: 'parts.menu.filter', title: 'Filter' },
              ],
            },
            { id: 'parts.theme', title: 'Theme', microsteps: [{ id: 'parts.theme.task', title: 'Theme', status: 'done' }] },
          ],
        },
        {
          id: 'flat',
          title: 'Flat',
          steps: [
            {
              id: 'flat.tasks',
              title: 'Flat',
              microsteps: [
                { id: 'flat.one', title: 'one', status: 'done' },
                { id: 'flat.two', title: 'two' },
                { id: 'flat.three', title: 'three' },
                { id: 'flat.four', title: 'four', status: 'cancelled' },
              ],
            },
          ],
        },
      ],
    })
  })

  it('tell one text apart that stands twice', () => {
    const result = importText('a.md', '## S\n- [ ] tests\n- [ ] tests\n\n## T\n- [ ] tests\n')
    expect(result.report.ids.map(({ to }) => to)).toEqual(['s.tests', 's.tests-2', 't.tests'])
    expect(new Set(result.items.keys()).size).toBe(result.items.size)
  })

  it('have usable and unique ids in every script', () => {
    const titles = [
      '用户登录',
      '用户登录',
      '사용자 로그인',
      'Kullanıcı GİRİŞİ',
      'Вход пользователя',
      'Überprüfung',
      '🎉🎉',
      '🎉',
      'ก่อน',
      'x'.repeat(300),
      '很'.repeat(300),
    ]
    const result = importText('a.md', `## План\n${titles.map((title) => `- [ ] ${title}`).join('\n')}`)
    expect(errorsOf(result)).toEqual([])
    expect(result.report.ids.map(({ to }) => to)).toEqual([
      'план.用户登录',
      'план.用户登录-2',
      'план.사용자-로그인',
      'план.kullanici-girisi',
      'план.вход-пользователя',
      'план.uberprufung',
      'план.item',
      'план.item-2',
      'план.ก่อน',
      `план.${'x'.repeat(32)}`,
      `план.${'很'.repeat(32)}`,
    ])
  })

  it('give the same ids when they are read again', () => {
    const text = '- [ ] a\n  - [ ] b\n  - [ ] b\n- [ ] c\n'
    expect(importText('a.md', text)).toEqual(importText('a.md', text))
  })

  it('keep deeper headings, wrapped lines, links, emphasis, fences and quotes', () => {
    const text =
      '# Big\n\n## [V1](https://v.example/1)\n\n### A\n\n#### __Deep__\n- [ ] [Do `x`](https://i.example/7)\n- [ ] a long\n  title\n\n  Paragraph.\n\n  ```md\n  - [ ] no task\n  # no heading\n  ```\n- [ ] C #\n\nSetext\n------\n* [ ] under\n'
    const { plan, items } = importText('a.md', text)
    expect(plan?.milestones.map(({ title, links }) => [title, links?.[0]?.url])).toEqual([
      ['V1', 'https://v.example/1'],
      ['Setext', undefined],
    ])
    expect(items.get('v1.a-deep')?.fields.title).toBe('A / __Deep__')
    expect(items.get('v1.a-deep.do-x')?.fields).toEqual({ title: 'Do `x`', links: [{ url: 'https://i.example/7', title: 'Do `x`' }] })
    expect(items.get('v1.a-deep.a-long-title')?.fields.description).toBe('Paragraph.\n\n```md\n- [ ] no task\n# no heading\n```')
    expect(items.get('v1.a-deep.c')?.fields.title).toBe('C #')
  })

  it('flatten what lies deeper than microsteps', () => {
    const result = importText('a.md', '## S\n- [ ] a\n  - [x] b\n    - [ ] c\n\t\t- [ ] d\n')
    expect(result.items.get('s.a.b')?.fields).toMatchObject({ status: 'done', dependsOn: ['s.a.b.c'] })
    expect(result.items.get('s.a.b.c')?.fields.dependsOn).toEqual(['s.a.b.c.d'])
    expect(result.items.get('s.a.b.c.d')?.fields['x-checklist']).toEqual({ parent: 's.a.b.c' })
    expect(notesOf(result, 'status-disagrees').map(({ id }) => id)).toEqual(['s.a.b'])
  })

  it('take every bullet for an item where none has a box, and otherwise keep those without one as text', () => {
    expect(importText('a.md', '# P\n- one\n- two\n').report.found).toBe(2)
    const { report, items } = importText('a.md', '## P\n- [ ] one\n  - why\n- two\n')
    expect(report.merged.map(({ item, line }) => [item, line])).toEqual([
      ['two', 4],
      ['why', 3],
    ])
    expect(items.get('p.one')?.fields.description).toBe('- why')
    expect(items.get('p')?.fields.description).toBe('- two')
  })

  it('read front matter, byte order marks and Windows line ends', () => {
    const { plan, report } = importText('a.md', '\uFEFF---\r\ntitle: "My plan"\r\n---\r\n\r\n- [ ] one\r\n  - [x] two\r\n')
    expect(plan?.project.name).toBe('My plan')
    expect(plan?.['x-checklist']).toEqual({ frontMatter: 'title: "My plan"\r\n' })
    expect(report.ids.map(({ to, line, column }) => [to, line, column])).toEqual([
      ['my-plan.one', 5, 1],
      ['my-plan.one.two', 6, 3],
    ])
  })

  it('of several files become milestones of one plan', async () => {
    const { importPlan } = await import('./import-plan.ts')
    const { plan, report } = importPlan([
      { name: 'a/x.md', text: '## X\n- [ ] one\n' },
      { name: 'a/y.md', text: '## X\n- [ ] one\n' },
      { name: 'a/z.txt', text: 'nothing' },
    ])
    expect(plan?.milestones.map(({ id }) => id)).toEqual(['x', 'x-2'])
    expect(report.ignored).toEqual([{ source: 'a/z.txt', reason: 'It is no checklist file.' }])
  })
})
