import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyChanges, PlanChangeError } from './changes.ts'
import { diffPlans } from './diff.ts'
import { applyChangesToText, PlanTextError, setSyncMark } from './edit.ts'
import { isEqualRecord } from './equal.ts'
import { flattenPlan, unflattenPlan } from './flat.ts'
import { JsonText } from './json-text.ts'
import { perform, plans, scripts } from './testing/random-plans.ts'
import type { FlatPlan, PlanChange } from './types.ts'

const TEXT = `{
    "version": 1,
    "project": { "name": "Shop" },
    "milestones": [
        {
            "id": "M1",   "title": "One",
            "labels": ["a",   "b"],

            "steps": [
                {
                    "title": "Build", "id": "S1",
                    "microsteps": [
                        { "id": "T1", "title": "First" },
                        { "id": "T2", "title": "Second", "dependsOn": [ "T1" ] },

                        {
                            "id": "T3",
                            "title": "Third",
                            "status": "done"
                        }
                    ]
                },
                { "id": "S2", "title": "Test" }
            ]
        }
    ]
}
`

const edit = (...changes: PlanChange[]) => applyChangesToText(TEXT, changes)

describe('applyChangesToText', () => {
  it.each<[string, PlanChange[], string, string]>([
    ['replaces a value in place', [{ op: 'update', id: 'S1', set: { title: 'Make' } }], '"title": "Build", "id"', '"title": "Make", "id"'],
    ['adds a key in the order of the format', [{ op: 'update', id: 'T2', set: { assignee: 'ann' } }], '"dependsOn": [ "T1" ] }', '"dependsOn": [ "T1" ], "assignee": "ann" }'],
    ['adds a key before those that follow it in the format', [{ op: 'update', id: 'T2', set: { description: 'd' } }], '"Second", "dep', '"Second", "description": "d", "dep'],
    ['adds a key before the children', [{ op: 'update', id: 'S1', set: { notes: 'n' } }], '"id": "S1",\n', '"id": "S1",\n                    "notes": "n",\n'],
    ['adds a key on a line of its own where keys have one', [{ op: 'update', id: 'T3', set: { estimate: 3 } }], '"status": "done"\n', '"status": "done",\n                            "estimate": 3\n'],
    ['removes a key', [{ op: 'update', id: 'T2', set: { dependsOn: null } }], '"Second", "dependsOn": [ "T1" ] }', '"Second" }'],
    ['removes a key with its line', [{ op: 'update', id: 'M1', set: { labels: [] } }], '"title": "One",\n            "labels": ["a",   "b"],\n', '"title": "One",\n'],
    ['writes out the status of an item that wrote it out', [{ op: 'update', id: 'T3', set: { status: 'todo' } }], '"status": "done"', '"status": "todo"'],
    ['adds an element to a list', [{ op: 'update', id: 'M1', set: { labels: ['a', 'b', 'c'] } }], '["a",   "b"]', '["a",   "b",   "c"]'],
    ['removes the first element of a list', [{ op: 'update', id: 'M1', set: { labels: ['b'] } }], '["a",   "b"]', '["b"]'],
    ['keeps the blanks inside the brackets of a list', [{ op: 'update', id: 'T2', set: { dependsOn: ['T3'] } }], '[ "T1" ]', '[ "T3" ]'],
    ['removes an item', [{ op: 'remove', id: 'T1' }], '{ "id": "T1", "title": "First" },\n                        ', ''],
    ['removes the last item', [{ op: 'remove', id: 'S2' }], ',\n                { "id": "S2", "title": "Test" }', ''],
    ['adds an item in the manner of its siblings', [{ op: 'add', kind: 'step', parentId: 'M1', after: 'S2', item: { id: 'S3', title: 'Ship' } }],
      '"Test" }\n', '"Test" },\n                { "id": "S3", "title": "Ship" }\n'],
    ['adds the first child of an item', [{ op: 'add', kind: 'microstep', parentId: 'S2', after: null, item: { id: 'T9', title: 'Try' } }],
      '{ "id": "S2", "title": "Test" }', `{ "id": "S2", "title": "Test", "microsteps": [
                    {
                        "id": "T9",
                        "title": "Try"
                    }
                ] }`],
    ['edits the head', [{ op: 'head', set: { project: { name: 'Store', url: 'x' }, custom: true } }],
      '{ "name": "Shop" },\n', '{ "name": "Store", "url": "x" },\n    "custom": true,\n'],
    ['renames an item and the dependencies on it', [{ op: 'rename', id: 'T1', to: 'T0' }],
      '"T1", "title": "First" },\n                        { "id": "T2", "title": "Second", "dependsOn": [ "T1" ]', '"T0", "title": "First" },\n                        { "id": "T2", "title": "Second", "dependsOn": [ "T0" ]'],
  ])('%s', (_, changes, from, to) => {
    expect(TEXT.split(from)).toHaveLength(2)
    expect(edit(...changes)).toBe(TEXT.replace(from, to))
  })

  it('moves the text of an item to the indentation of its new place', () => {
    const wide = TEXT.replace('{ "id": "S2", "title": "Test" }', '{ "id": "S2", "title": "Test", "microsteps": [\n  { "id": "T8", "title": "Eighth" }\n] }')
    expect(applyChangesToText(wide, [{ op: 'move', id: 'T3', parentId: 'S2', after: null }])).toContain(
      '"microsteps": [\n  {\n      "id": "T3",\n      "title": "Third",\n      "status": "done"\n  },\n  { "id": "T8", "title": "Eighth" }\n] }',
    )
  })

  it('keeps the indentation of items that stay in their list, each its own', () => {
    const crooked = TEXT.replace('{ "id": "T1", "title": "First" }', '  {\n"id": "T1", "title": "First" }')
    const changes: PlanChange[] = [{ op: 'remove', id: 'T2' }, { op: 'update', id: 'T3', set: { title: 'Other' } }]
    expect(applyChangesToText(crooked, changes)).toContain('  {\n"id": "T1", "title": "First" },\n\n                        {\n                            "id": "T3",\n                            "title": "Other"')
  })

  it('moves items within a list and leaves blank lines with what follows them', () => {
    const moved = edit({ op: 'move', id: 'T1', parentId: 'S1', after: 'T2' })
    expect(moved).toContain('"microsteps": [\n                        { "id": "T2", "title": "Second", "dependsOn": [ "T1" ] },\n')
    expect(moved).toContain('"status": "done"\n                        }\n')
  })

  it('carries what lay in an added item, edited in the same batch', () => {
    const text = edit(
      { op: 'add', kind: 'step', parentId: 'M1', after: null, item: { id: 'S0', title: 'Plan' } },
      { op: 'move', id: 'T2', parentId: 'S0', after: null },
      { op: 'rename', id: 'S0', to: 'S9' },
      { op: 'update', id: 'S9', set: { title: 'Planned' } },
    )
    expect(text).toContain('{\n                    "id": "S9",\n                    "title": "Planned",\n                    "microsteps": [\n                        { "id": "T2", "title": "Second", "dependsOn": [ "T1" ] }\n                    ]\n                },')
  })

  it('keeps CRLF, tabs, a byte order mark and the end of the file', () => {
    const text = '\uFEFF' + TEXT.replaceAll('    ', '\t').replaceAll('\n', '\r\n') + '\r\n'
    const added = applyChangesToText(text, [{ op: 'add', kind: 'milestone', parentId: null, after: 'M1', item: { id: 'M2', title: 'Two', labels: ['x'] } }])
    expect(added).toBe(text.replace('\t\t}\r\n\t]\r\n}', '\t\t},\r\n\t\t{\r\n\t\t\t"id": "M2",\r\n\t\t\t"title": "Two",\r\n\t\t\t"labels": ["x"]\r\n\t\t}\r\n\t]\r\n}'))
  })

  it('writes a text on one line on one line', () => {
    const text = '{"version":1,"project":{"name":"x"},"milestones":[]}'
    const add: PlanChange = { op: 'add', kind: 'milestone', parentId: null, after: null, item: { id: 'a', title: 'A', steps: [{ id: 'b', title: 'B' }] } }
    expect(applyChangesToText(text, [add])).toBe('{"version":1,"project":{"name":"x"},"milestones":[{"id":"a","title":"A","steps":[{"id":"b","title":"B"}]}]}')
  })

  it('keeps the text of an escaped key and value that it does not change', () => {
    const text = TEXT.replace('"title": "Build"', '"t\\u0069tle": "B\\u0075ild"')
    expect(applyChangesToText(text, [{ op: 'update', id: 'S1', set: { notes: 'n' } }])).toContain('"t\\u0069tle": "B\\u0075ild", "id": "S1",\n                    "notes": "n"')
  })

  it('returns the same text for changes that change nothing', () => {
    expect(edit()).toBe(TEXT)
    expect(edit({ op: 'update', id: 'T2', set: { dependsOn: ['T1'], labels: [], notes: null } })).toBe(TEXT)
    expect(edit({ op: 'remove', id: 'S2' }, { op: 'add', kind: 'step', parentId: 'M1', after: 'S1', item: { id: 'S2', title: 'Test' } })).toBe(TEXT)
  })

  it('gives an id that comes again as another kind the text of its new kind', () => {
    const text = edit({ op: 'remove', id: 'S1' }, { op: 'add', kind: 'microstep', parentId: 'S2', after: null, item: { id: 'S1', title: 'Again' } })
    expect(JSON.parse(text).milestones[0].steps).toEqual([{ id: 'S2', title: 'Test', microsteps: [{ id: 'S1', title: 'Again' }] }])
  })

  it('refuses an impossible change', () => {
    expect(() => edit({ op: 'remove', id: 'nope' })).toThrow(PlanChangeError)
  })

  it.each([
    ['broken JSON', TEXT.replace('"version": 1,', '"version": 1'), /^line 3: A comma is missing/],
    ['a newer version', TEXT.replace('"version": 1', '"version": 2'), /^line 2: The plan is in format version 2/],
    ['two items with one id', TEXT.replace('"S2"', '"T1"'), /^line \d+: The id "T1" is already taken/],
    ['an item that is no object', TEXT.replace('{ "id": "S2", "title": "Test" }', 'null'), /^line \d+: Entry 2 of "steps" must be an object/],
  ])('refuses a text with %s', (_, text, message) => {
    const change: PlanChange = { op: 'update', id: 'T1', set: { title: 'x' } }
    expect(() => applyChangesToText(text, [change])).toThrow(PlanTextError)
    expect(() => applyChangesToText(text, [change])).toThrow(message)
  })
})

describe('setSyncMark', () => {
  const MARK = { projectId: 'prj_1', sequence: 7 }
  const marked = TEXT.replace('"Shop" },\n', '"Shop" },\n    "x-sync": {\n        "projectId": "prj_1",\n        "sequence": 7\n    },\n')

  it('adds the mark behind the project, and removes it without a trace', () => {
    expect(setSyncMark(TEXT, MARK)).toBe(marked)
    expect(setSyncMark(marked, null)).toBe(TEXT)
    expect(setSyncMark(TEXT, null)).toBe(TEXT)
  })

  it('changes only what differs, and stays where it is', () => {
    expect(setSyncMark(marked, { ...MARK, sequence: 8 })).toBe(marked.replace('7', '8'))
    expect(setSyncMark(marked, MARK)).toBe(marked)
  })

  it('is set in one pass with changes', () => {
    const changes: PlanChange[] = [{ op: 'update', id: 'T2', set: { title: 'Next' } }]
    expect(applyChangesToText(TEXT, changes, { mark: MARK })).toBe(marked.replace('Second', 'Next'))
    expect(applyChangesToText(marked, changes, { mark: null })).toBe(TEXT.replace('Second', 'Next'))
    expect(applyChangesToText(marked, [], { mark: MARK })).toBe(marked)
  })

  it('is left alone by changes', () => {
    expect(applyChangesToText(marked, [{ op: 'head', set: { custom: 1 } }])).toContain('"sequence": 7')
  })
})

/** Writes JSON as no formatter would: every container chooses for itself between one line and many, and its blanks. */
function writeOddly(value: unknown, choose: () => number, eol: string, indent = ''): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const list = Array.isArray(value)
  const [open, close] = list ? ['[', ']'] : ['{', '}']
  const mode = choose() % 4
  const inner = indent + ['', '  ', '\t', '    '][choose() % 4]
  const entries = list ? value.map((each) => ['', each] as const) : Object.entries(value).map(([key, each]) => [JSON.stringify(key) + [':', ': ', ' : '][choose() % 3], each] as const)
  if (entries.length === 0) return [open + close, `${open} ${close}`][choose() % 2]!
  const lead = mode === 0 ? '' : mode === 1 ? ' ' : eol + inner
  const printed = entries.map(([key, each]) => key + writeOddly(each, choose, eol, mode < 2 ? indent : inner))
  const between = printed.slice(1).map((each) => [',', ' ,', `,${choose() % 5 === 0 && mode > 1 ? eol : ''}`][choose() % 3] + lead + each)
  return open + lead + printed[0] + between.join('') + (mode < 2 ? lead : eol + indent) + close
}

const oddTexts = (plan: FlatPlan): fc.Arbitrary<string> =>
  fc.tuple(fc.array(fc.nat(99), { minLength: 40, maxLength: 40 }), fc.constantFrom('\n', '\r\n'), fc.constantFrom('', '\uFEFF')).map(([numbers, eol, bom]) => {
    let next = 0
    return bom + writeOddly({ ...unflattenPlan(plan), 'x-sync': { projectId: 'p', sequence: 1 } }, () => numbers[next++ % 40]! + Math.floor(next / 40), eol) + eol
  })

/** The changes of a script, one step after the other as well as all at once. */
function batchesOf(plan: FlatPlan, script: Parameters<typeof perform>[1]): PlanChange[][] {
  const stepwise: PlanChange[] = []
  let current = plan
  for (const [index, step] of script.entries()) {
    const next = perform(current, [step], `n${index}`)
    stepwise.push(...diffPlans(current, next))
    current = next
  }
  return [stepwise, diffPlans(plan, current)]
}

const cases = plans().chain((plan) => fc.record({ plan: fc.constant(plan), text: oddTexts(plan), script: scripts() }))
const body = (text: string) => text.replace(/^\uFEFF/, '')
const flattened = (text: string) => flattenPlan(JSON.parse(body(text)))

/** The text of every item, by id. */
function itemTexts(text: string): Map<string, string> {
  const json = new JsonText(body(text))
  const texts = new Map<string, string>()
  const visit = (offset: number): void => {
    for (const { key, start } of json.container(offset).members) {
      if (key !== 'milestones' && key !== 'steps' && key !== 'microsteps') continue
      for (const item of json.container(start).members) {
        const slice = json.text.slice(item.start, item.end)
        texts.set(JSON.parse(slice).id, slice)
        visit(item.start)
      }
    }
  }
  visit(json.root)
  return texts
}

const isSameSubtree = (a: FlatPlan, b: FlatPlan, id: string): boolean => {
  const [one, other] = [a.items.get(id), b.items.get(id)]
  if (one === undefined || other === undefined || !isEqualRecord(one.fields, other.fields)) return false
  const [ones, others] = [a.children.get(id) ?? [], b.children.get(id) ?? []]
  return ones.length === others.length && ones.every((child, index) => child === others[index] && isSameSubtree(a, b, child))
}

describe('any batch on any text', () => {
  it('says afterwards what applyChanges says', () => {
    fc.assert(fc.property(cases, ({ plan, text, script }) => {
      for (const changes of batchesOf(plan, script)) {
        const edited = applyChangesToText(text, changes)
        const expected = applyChanges(flattened(text), changes)
        expect(flattened(edited)).toEqual(expected)
        expect(JSON.parse(body(edited))['x-sync']).toEqual({ projectId: 'p', sequence: 1 })
      }
    }), { numRuns: 300 })
  })

  it('gives the same text in one pass with the mark, read already or not, as in two', () => {
    fc.assert(fc.property(cases, fc.nat(2), ({ plan, text, script }, sequence) => {
      const mark = { projectId: 'p', sequence }
      for (const changes of batchesOf(plan, script)) {
        const edited = setSyncMark(applyChangesToText(text, changes), mark)
        expect(applyChangesToText(text, changes, { mark })).toBe(edited)
        expect(applyChangesToText(text, changes, { mark, flat: flattened(text) })).toBe(edited)
      }
    }), { numRuns: 100 })
  })

  it('leaves the text of untouched items byte for byte', () => {
    fc.assert(fc.property(cases, ({ plan, text, script }) => {
      const [changes] = batchesOf(plan, script) as [PlanChange[]]
      const edited = applyChangesToText(text, changes)
      const [before, after] = [flattened(text), flattened(edited)]
      const [then, now] = [itemTexts(text), itemTexts(edited)]
      const isHome = (id: string | null): boolean => id === null || (before.items.get(id)?.parentId === after.items.get(id)?.parentId && isHome(before.items.get(id)?.parentId ?? null))
      for (const id of after.items.keys()) if (isSameSubtree(before, after, id) && isHome(id)) expect(now.get(id)).toBe(then.get(id))
      expect(edited.startsWith('\uFEFF')).toBe(text.startsWith('\uFEFF'))
      if (text.includes('\r\n')) expect(edited.replaceAll('\r\n', '')).not.toContain('\n')
    }), { numRuns: 300 })
  })
})
