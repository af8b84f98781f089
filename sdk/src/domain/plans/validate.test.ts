import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { samplePlan } from '../../../bench/sample-plan.ts'
import { applyChanges } from './changes.ts'
import { flattenPlan, unflattenPlan } from './flat.ts'
import { validateFlat } from './graph-rules.ts'
import { PROBLEM_CODES, type ProblemCode } from './problems.ts'
import { plans } from './testing/random-plans.ts'
import type { Plan, PlanProblem } from './types.ts'
import { parsePlan, validatePlan } from './validate.ts'

const document = (milestones: string, head = '') => `{\n  "version": 1,\n  "project": { "name": "Shop" },${head}\n  "milestones": [\n${milestones}\n  ]\n}\n`
const step = (microsteps: string, fields = '') => document(`    { "id": "M1", "title": "One", "steps": [\n      { "id": "S1", "title": "Build",${fields} "microsteps": [\n${microsteps}\n      ] }\n    ] }`)
const micro = (id: string, fields = '') => `        { "id": "${id}", "title": "t"${fields} }`

const checked = (check: string) => document(`    { "id": "M1", "title": "One", "acceptanceCriteria": [{ "text": "x", "check": ${check} }] }`)

/** `▶` marks where the problem stands. */
type Row = [code: ProblemCode, text: string, pointer: string, message: string, remedy: string]
const ROWS: Row[] = [
  ['empty-file', '▶ \n', '', 'The file is empty.', 'Run `br init`, or restore it from version control.'],
  ['byte-order-mark', '\uFEFF▶' + document(''), '', 'The file starts with a byte order mark, which some JSON tools refuse.', 'Save it as UTF-8 without BOM.'],
  ['encoding', '{▶\0"\0v\0', '', 'The file is not text in UTF-8 (it holds a NUL character).', 'Save it as UTF-8.'],
  ['merge-markers', document('▶<<<<<<< HEAD\n    { "id": "a" }\n=======\n    { "id": "b" }\n>>>>>>> other'), '', 'The file holds an unresolved git merge conflict.', 'Resolve the conflict and remove the lines <<<<<<<, ======= and >>>>>>>.'],
  ['syntax', document('    { "id": "M1" ▶"title": "One" }'), '/milestones/0', 'A comma is missing before this.', 'Put a comma behind the value before.'],
  ['syntax', document('    { "id": "M1", "title": "One"▶, }'), '/milestones/0', 'JSON allows no comma behind the last value.', 'Remove the comma.'],
  ['syntax', document('    ▶// first'), '/milestones', 'JSON has no comments.', 'Remove the comment; "description" and "notes" can hold it.'],
  ['syntax', document(`    { "id": ▶'M1', "title": "One" }`), '/milestones/0', 'This text stands in single quotes.', 'JSON wants double quotes.'],
  ['syntax', document('    { ▶id: "M1", "title": "One" }'), '/milestones/0', 'This key does not stand in double quotes.', 'Write "id".'],
  ['syntax', document('    { "id": "M1", "title": ▶"One,\n      "notes": "n" }'), '/milestones/0', 'This text has no closing quote.', 'Close it on the same line; a line break in a text is written \\n.'],
  ['syntax', document('    { "id" ▶"M1", "title": "One" }'), '/milestones/0', 'A colon is missing behind the key "id".', 'Write "key": value.'],
  ['syntax', document('    { "id": "M1", "title": "One", "notes": ▶}'), '/milestones/0', 'A value is missing here.', 'Write the value, or remove what announces it.'],
  ['syntax', document('    { "id": "M1", "title": "a▶\\q" }'), '/milestones/0', 'JSON does not know the escape \\q.', 'A backslash itself is written \\\\.'],
  ['syntax', document('    { "id": "M1", "title": "a▶\tb" }'), '/milestones/0', 'A control character stands in a text.', 'Write it as an escape: \\t, \\n or \\u0000.'],
  ['syntax', document('    { "id": "M1", "title": "One", "x-done": ▶True }'), '/milestones/0', 'True is no JSON value.', 'Texts and keys stand in double quotes; the only bare words are true, false and null.'],
  ['syntax', document('    { "id": "M1", "title": "One", "x-n": ▶.5 }'), '/milestones/0', '.5 is no JSON value.', 'Write a number like 3 or 0.5.'],
  ['syntax', document('    { "id": "M1", "title": "One" },▶\u00a0{ "id": "M2", "title": "Two" }'), '/milestones', 'A special blank stands between the values.', 'Replace it by an ordinary blank.'],
  ['syntax', '{ "version": 1, "project": { "name": "x" }, "milestones": [\n  { "id": "M1", "title": "One"\n▶] }', '/milestones/0', 'The object is not closed; it opens on line 2.', 'Add the missing }.'],
  ['syntax', document('', '\n  "x-a": { "b": 1 ▶] },'), '/x-a', 'This ] closes nothing.', 'Remove it.'],
  ['syntax', document('') + '▶{}', '', 'The plan has ended, but more text follows.', 'Remove what follows, or the closing bracket that is too many.'],
  ['too-deep', document('', `\n  "x-deep": ${'['.repeat(100)}▶[${']'.repeat(101)},`), `/x-deep${'/0'.repeat(100)}`, 'Values are nested more than 100 levels deep.', 'Remove the nesting.'],
  ['duplicate-key', document('    { "id": "M1", "title": "One", ▶"title": "Two" }'), '/milestones/0/title', 'The key "title" stands twice in one object (first on line 5).', 'Keep one of the two.'],
  ['forbidden-key', document('    { "id": "M1", "title": "One", ▶"__proto__": 1 }'), '/milestones/0/__proto__', 'The key "__proto__" cannot be kept.', 'Rename it.'],
  ['newer-version', '{ "version": ▶2, "phases": {} }', '/version', 'The plan is in format version 2; this program knows version 1, so the plan is read-only here.', 'Update BuildRunner (npm install @buildrunner/cli@latest).'],
  ['missing-field', document('    ▶{ "id": "M1" }'), '/milestones/0/title', 'This entry of "milestones" has no "title", which is required.', 'Add "title" with a text.'],
  ['missing-field', '▶{ "version": 1, "project": { "name": "x" } }', '/milestones', 'The plan has no "milestones", which is required.', 'Add "milestones": [].'],
  ['missing-field', step(micro('a', ', "estimate": ▶{ "optimistic": 1, "pessimistic": 3 }')), '/milestones/0/steps/0/microsteps/0/estimate/likely', '"estimate" has no "likely", which is required.', 'Add "likely" with a number.'],
  ['wrong-type', document('    { "id": "M1", "title": ▶5 }'), '/milestones/0/title', '"title" must be a text, but is 5.', 'Write a text.'],
  ['wrong-type', document('    { "id": "M1", "title": "One", "labels": ▶null }'), '/milestones/0/labels', '"labels" must be a list, but is null.', 'Write a list. Leave the key out to say nothing.'],
  ['wrong-type', document('    ▶"M1"'), '/milestones/0', 'Entry 1 of "milestones" must be an object, but is "M1".', 'Write an object.'],
  ['wrong-type', '▶[]', '', 'The plan must be an object, but is a list.', 'Write an object.'],
  ['wrong-type', step(micro('a', ', "estimate": ▶"soon"')), '/milestones/0/steps/0/microsteps/0/estimate', '"estimate" must be a number of hours, or an object with "optimistic", "likely" and "pessimistic" hours, but is "soon".', 'Write hours, like 3 or { "optimistic": 2, "likely": 3, "pessimistic": 6 }.'],
  ['wrong-type', step(micro('a', ', "estimate": ▶1e999')), '/milestones/0/steps/0/microsteps/0/estimate', '"estimate" must be a number of hours, or an object with "optimistic", "likely" and "pessimistic" hours, but is a number that is too large.', 'Write hours, like 3 or { "optimistic": 2, "likely": 3, "pessimistic": 6 }.'],
  ['invalid-value', step(micro('a', ', "status": ▶"in-progress"')), '/milestones/0/steps/0/microsteps/0/status', '"status" must be one of "todo", "in_progress", "blocked", "in_review", "done", "cancelled", but is "in-progress".', 'Did you mean "in_progress"?'],
  ['invalid-value', document('', '\n  "x-sync": { "projectId": "p", "sequence": 1, "basePatch": [{ "op": ▶"drop" }] },'), '/x-sync/basePatch/0/op', '"op" must be one of "add", "update", "move", "remove", "rename", "head", but is "drop".', 'Write one of them.'],
  ['invalid-value', document('    { "id": "M1", "title": "One", "acceptanceCriteria": [{ "text": "x", "check": { "kind": ▶"comand" } }] }'), '/milestones/0/acceptanceCriteria/0/check/kind', '"kind" must be one of "command", "http", "file", "junit", "coverage", "manual", but is "comand".', 'Did you mean "command"?'],
  ['invalid-value', '{ "version": ▶"1", "project": { "name": "x" }, "milestones": [] }', '/version', '"version" must be 1, but is "1".', 'Write 1.'],
  ['invalid-format', document('    { "id": "M1", "title": "One", "dueDate": ▶"2026-02-30" }'), '/milestones/0/dueDate', '"dueDate" must be a date of the calendar as YYYY-MM-DD, but is "2026-02-30".', 'Write it like "2026-12-31".'],
  ['invalid-format', document('    { "id": ▶"M 1", "title": "One" }'), '/milestones/0/id', '"id" must be without white space, but is "M 1".', 'Write "M-1".'],
  ['invalid-format', document('    { "id": "M1", "title": "One", "acceptanceCriteria": [{ "text": "x", "check": { "kind": "http", "url": ▶"/health" } }] }'), '/milestones/0/acceptanceCriteria/0/check/url', '"url" must be an absolute URL, but is "/health".', 'Write it like "https://example.com/".'],
  ['invalid-format', checked('{ "kind": "file", "path": "x", "matches": ▶"a(" }'), '/milestones/0/acceptanceCriteria/0/check/matches', '"matches" must be a regular expression, but is "a(".', 'Correct it: /a(/mu: Unterminated group.'],
  ['invalid-format', checked('{ "kind": "command", "run": "x", "env": ["CI", ▶"NPM TOKEN"] }'), '/milestones/0/acceptanceCriteria/0/check/env/1', 'Entry 2 of "env" must be the name of a variable, but is "NPM TOKEN".', 'Write letters, digits and underscores, like "CI".'],
  ['invalid-value', checked('{ "kind": "coverage", "path": "x", "min": 80, "metric": ▶"branch" }'), '/milestones/0/acceptanceCriteria/0/check/metric', '"metric" must be one of "lines", "branches", "functions", but is "branch".', 'Did you mean "branches"?'],
  ['missing-field', checked('▶{ "kind": "coverage", "path": "x" }'), '/milestones/0/acceptanceCriteria/0/check/min', '"check" has no "min", which is required.', 'Add "min" with a number.'],
  ['out-of-range', checked('{ "kind": "junit", "path": "x", "minTests": ▶-1 }'), '/milestones/0/acceptanceCriteria/0/check/minTests', '"minTests" must be at least 0, but is -1.', 'Write a number that is at least 0.'],
  ['unknown-key', checked('{ "kind": "command", "run": "x", ▶"timeout": 5 }'), '/milestones/0/acceptanceCriteria/0/check/timeout', '"timeout" is not a key of a check; it is kept, but means nothing.', 'Did you mean "timeoutSeconds"? A key of your own starts with "x-".'],
  ['too-short', document('    { "id": ▶"", "title": "One" }'), '/milestones/0/id', '"id" is empty.', 'Write an id that is unique in the plan.'],
  ['too-long', document(`    { "id": "M1", "title": ▶"${'x'.repeat(501)}" }`), '/milestones/0/title', '"title" has 501 characters; at most 500 are allowed.', 'Shorten it; put the rest into "description".'],
  ['out-of-range', step(micro('a', ', "estimate": ▶-1')), '/milestones/0/steps/0/microsteps/0/estimate', '"estimate" must be at least 0, but is -1.', 'Write a number that is at least 0.'],
  ['duplicate-id', step(`${micro('a')},\n        { "id": ▶"M1", "title": "t" }`), '/milestones/0/steps/0/microsteps/1/id', 'The id "M1" is already taken by another milestone (first on line 5).', 'Give one of the two another id; ids are unique in the whole plan.'],
  ['unknown-dependency', step(micro('login', ', "dependsOn": [▶"M2"]')), '/milestones/0/steps/0/microsteps/0/dependsOn/0', '"login" depends on "M2", but no item has that id.', 'Correct the id, add the item, or remove the dependency.'],
  ['unknown-dependency', step(`${micro('login')},\n${micro('a', ', "dependsOn": [▶"Log_in"]')}`), '/milestones/0/steps/0/microsteps/1/dependsOn/0', '"a" depends on "Log_in", but no item has that id.', 'Did you mean "login"? Otherwise add the item, or remove the dependency.'],
  ['self-dependency', step(micro('a', ', "dependsOn": [▶"a"]')), '/milestones/0/steps/0/microsteps/0/dependsOn/0', '"a" depends on itself.', 'Remove this dependency.'],
  ['depends-on-parent', step(micro('a', ', "dependsOn": [▶"M1"]')), '/milestones/0/steps/0/microsteps/0/dependsOn/0', '"a" depends on "M1", the milestone it lies in, which cannot end before it does.', 'Remove this dependency, or depend on a sibling.'],
  ['depends-on-child', step(micro('a'), ' "dependsOn": [▶"a"],'), '/milestones/0/steps/0/dependsOn/0', '"S1" depends on "a", which lies in it and so cannot end before it starts.', 'Remove this dependency: a parent always waits for its children.'],
  ['dependency-cycle', step(`${micro('a', ', "dependsOn": [▶"b"]')},\n${micro('b', ', "dependsOn": ["c"]')},\n${micro('c', ', "dependsOn": ["a"]')}`), '/milestones/0/steps/0/microsteps/0/dependsOn/0', 'Items wait for each other in a circle: "a" waits for "b", which waits for "c", which waits for "a".', 'Remove one of these dependencies.'],
  ['unknown-key', document('    { "id": "M1", "title": "One", ▶"depends_on": [] }'), '/milestones/0/depends_on', '"depends_on" is not a key of a milestone; it is kept, but means nothing.', 'Did you mean "dependsOn"? A key of your own starts with "x-".'],
  ['unknown-key', document('    { "id": "M1", "title": "One", ▶"budget": 3 }'), '/milestones/0/budget', '"budget" is not a key of a milestone; it is kept, but means nothing.', 'Remove it, or start its name with "x-" to say that it is yours.'],
  ['unknown-key', document('    { "id": "M1", "title": "One", ▶"tags": [] }'), '/milestones/0/tags', '"tags" is not a key of a milestone; it is kept, but means nothing.', 'Did you mean "labels"? A key of your own starts with "x-".'],
  ['unknown-key', document('    { "id": "M1", "title": "One", ▶"status": "done" }'), '/milestones/0/status', '"status" belongs to a microstep, not to a milestone; it is kept, but means nothing here.', 'Move it to a microstep, or remove it.'],
  ['duplicate-element', step(micro('a', ', "labels": ["x", ▶"x"]')), '/milestones/0/steps/0/microsteps/0/labels/1', 'The label "x" is listed twice (first on line 7).', 'Remove one of the two.'],
  ['duplicate-element', document('    { "id": "M1", "title": "One", "acceptanceCriteria": [{ "text": "x" },\n      ▶{ "text": "x" }] }'), '/milestones/0/acceptanceCriteria/1', 'The criterion "x" is listed twice (first on line 5).', 'Remove one of the two.'],
  ['estimate-order', step(micro('a', ', "estimate": ▶{ "optimistic": 3, "likely": 2, "pessimistic": 5 }')), '/milestones/0/steps/0/microsteps/0/estimate', 'The estimate says optimistic 3, likely 2, pessimistic 5 hours, which do not ascend.', 'Correct them so that optimistic <= likely <= pessimistic.'],
  ['unfinished-dependency', step(`${micro('a', ', "status": "blocked"')},\n${micro('b', ', "status": "done", "dependsOn": [▶"a"]')}`), '/milestones/0/steps/0/microsteps/1/dependsOn/0', '"b" is done, but it depends on "a", which is blocked.', 'Finish the dependency, correct a status, or remove the dependency.'],
]

function unmark(marked: string): { text: string; line: number; column: number } {
  const before = marked.slice(0, marked.indexOf('▶')).replace(/^\uFEFF/, '').split('\n')
  return { text: marked.replace('▶', ''), line: before.length, column: before.at(-1)!.length + 1 }
}
/** For the titles of tests: code and message first. */
const TITLED = ROWS.map(([code, text, pointer, message, remedy]) => [code, message, text, pointer, remedy] as const)
const only = (problems: readonly PlanProblem[], code: string) => problems.filter((problem) => problem.code === code)

describe('parsePlan', () => {
  it.each(TITLED)('reports %s: %s', (code, message, marked, pointer, remedy) => {
    const { text, line, column } = unmark(marked)
    const { plan, problems } = parsePlan(text)
    const { severity } = PROBLEM_CODES[code]
    expect(problems).toEqual([{ code, severity, pointer, line, column, message, remedy }])
    expect(plan === undefined).toBe(severity === 'error')
  })

  it('has a row for every code', () => {
    expect(new Set(ROWS.map(([code]) => code))).toEqual(new Set(Object.keys(PROBLEM_CODES)))
  })

  it.each(TITLED)('finds %s in the same place with CRLF and CR: %s', (code, _, marked) => {
    const { text, line, column } = unmark(marked)
    for (const eol of ['\r\n', '\r']) expect(parsePlan(text.replaceAll('\n', eol)).problems[0]).toMatchObject({ code, line, column })
  })

  it('reports every fault of a text in one pass, in the order of the text', () => {
    const { problems } = parsePlan(document(`    { "id": "M1" "title": "One", "dependsOn": ["M9"] },
    { "id": "M1", "title": 5, "steps": [ { "id": "S1", "title": "x", "dependsOn": ["S2"], }, { "id": "S2", "dependsOn": ["S1"] } ] },
    // the end`))
    expect(problems.map(({ code, line }) => `${line} ${code}`)).toEqual([
      '5 syntax', '5 unknown-dependency', '6 duplicate-id', '6 wrong-type', '6 dependency-cycle', '6 syntax', '6 missing-field', '7 syntax',
    ])
  })

  it('does not call a field missing that stands in a broken object', () => {
    expect(parsePlan(document('    { "id": "M1", title "One" }')).problems.map(({ code }) => code)).not.toContain('missing-field')
  })

  it('keeps unknown keys and is silent about keys that begin with x-', () => {
    const { plan, problems } = parsePlan(document('    { "id": "M1", "title": "One", "x-mine": 1, "budget": 2 }'))
    expect(plan?.milestones[0]).toEqual({ id: 'M1', title: 'One', 'x-mine': 1, budget: 2 })
    expect(problems.map(({ pointer }) => pointer)).toEqual(['/milestones/0/budget'])
  })

  it('finds a duplicate key wherever it stands, and none where a text looks like a key', () => {
    expect(parsePlan(document('', '\n  "x-a": [[{ "k": 1, "\\u006b": 2 }]],')).problems).toMatchObject([{ code: 'duplicate-key', pointer: '/x-a/0/0/k', line: 4, column: 22 }])
    expect(parsePlan(document('    { "id": "M1", "title": ": {\\"a\\": 1, \\"a\\": 2}", "labels": [":", "\\\\"] }')).problems).toEqual([])
  })

  it('counts all conflicts of a merge and reports nothing else', () => {
    const conflict = '<<<<<<< a\n=======\n>>>>>>> b\n'
    expect(parsePlan(document(conflict + conflict)).problems).toMatchObject([{ code: 'merge-markers', line: 5, message: 'The file holds 2 unresolved git merge conflicts; the first is here.' }])
  })

  it('looks at a depth that would overflow the stack', () => {
    const deep = 300_000
    for (const text of ['['.repeat(deep), '['.repeat(deep) + ']'.repeat(deep), '{"a":'.repeat(deep), '{"a":'.repeat(deep) + '1' + '}'.repeat(deep)]) {
      expect(parsePlan(text).problems.map(({ code }) => code)).toContain('too-deep')
    }
  })

  it('never throws, and names a place inside the text', () => {
    const base = document(micro('a'))
    const mutation = fc.tuple(fc.nat(base.length), fc.nat(8), fc.string({ unit: fc.constantFrom(...'{}[]",:\\/*1e-tn \n\t\u00a0\uFEFF') }))
    fc.assert(fc.property(fc.array(mutation, { maxLength: 6 }), (mutations) => {
      const text = mutations.reduce((current, [at, cut, insert]) => current.slice(0, at) + insert + current.slice(at + cut), base)
      const { plan, problems } = parsePlan(text)
      const lines = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/)
      for (const { line, column } of problems) expect(column).toBeLessThanOrEqual((lines[line! - 1] ?? '').length + 1)
      if (plan === undefined) expect(problems.some(({ severity }) => severity === 'error')).toBe(true)
    }), { numRuns: 500 })
  })

  it('finds a fault at its place in a plan of thousands of items', () => {
    const text = JSON.stringify(samplePlan(2_000), null, 2)
    expect(parsePlan(text)).toEqual({ plan: JSON.parse(text) as Plan, problems: [] })
    const { problems } = parsePlan(text.replace('"id": "T-1999"', '"id": 1999'))
    const line = text.slice(0, text.indexOf('"id": "T-1999"')).split('\n').length
    expect(problems).toMatchObject([{ code: 'wrong-type', line, message: '"id" must be a text, but is 1999.' }])
  })
})

describe('validatePlan', () => {
  it('says of an object what parsePlan says of its text, but for the place', () => {
    for (const [code, marked] of ROWS) {
      const { text } = unmark(marked)
      if (['empty-file', 'byte-order-mark', 'encoding', 'merge-markers', 'syntax', 'duplicate-key'].includes(code)) continue
      const problems = validatePlan(JSON.parse(text))
      expect(problems.map(({ code, pointer, remedy }) => ({ code, pointer, remedy }))).toEqual(parsePlan(text).problems.map(({ code, pointer, remedy }) => ({ code, pointer, remedy })))
      expect(problems[0]).not.toHaveProperty('line')
    }
  })

  it('names the earlier place by its pointer', () => {
    const [problem] = validatePlan({ version: 1, project: { name: 'x' }, milestones: [{ id: 'a', title: 'x' }, { id: 'a', title: 'y' }] })
    expect(problem?.message).toBe('The id "a" is already taken by another milestone (first at /milestones/0/id).')
  })

  it.each([undefined, null, 5, 'plan', [], {}, new Date(), { version: 1, project: null, milestones: [null, [], { steps: {} }] }])('survives %s', (value) => {
    expect(validatePlan(value).length).toBeGreaterThan(0)
  })

  it('survives an object that holds itself', () => {
    const plan: Record<string, unknown> = { version: 1, project: { name: 'x' }, milestones: [] }
    Object.assign(plan, { a: plan, b: plan })
    expect(only(validatePlan(plan), 'too-deep')).toHaveLength(1)
  })
})

describe('the graph rules', () => {
  it('are the same for the flat form', () => {
    fc.assert(fc.property(plans(), fc.array(fc.tuple(fc.nat(99), fc.nat(99)), { maxLength: 8 }), (plan, extra) => {
      const ids = [...plan.items.keys(), 'ghost']
      const tangled = extra.reduce((current, [from, to]) => {
        const id = ids[from % (ids.length - 1)]
        const item = id === undefined ? undefined : current.items.get(id)
        return item === undefined ? current : applyChanges(current, [{ op: 'update', id: item.id, set: { dependsOn: [...(item.fields.dependsOn ?? []), ids[to % ids.length]] } }])
      }, plan)
      const document = unflattenPlan(tangled)
      const graphCodes = new Set(['unknown-dependency', 'self-dependency', 'depends-on-parent', 'depends-on-child', 'dependency-cycle', 'unfinished-dependency'])
      expect(validateFlat(flattenPlan(document))).toEqual(validatePlan(document).filter(({ code }) => graphCodes.has(code)))
    }))
  })

  const unfinished = (plan: Plan['milestones']) => only(validatePlan({ version: 1, project: { name: 'x' }, milestones: plan }), 'unfinished-dependency').map(({ message }) => message)

  it('see that a step has begun before what it waits for has ended', () => {
    const milestones = (first: 'done' | 'todo'): Plan['milestones'] => [
      { id: 'M1', title: 'x', steps: [{ id: 'S1', title: 'x', microsteps: [{ id: 'a', title: 'x', status: first }, { id: 'b', title: 'x', status: 'cancelled' }] }] },
      { id: 'M2', title: 'x', dependsOn: ['M1'], steps: [{ id: 'S2', title: 'x', microsteps: [{ id: 'c', title: 'x', status: 'in_progress' }] }] },
    ]
    expect(unfinished(milestones('todo'))).toEqual(['"M2" has begun, but it depends on "M1", which has 1 of 2 microsteps unfinished.'])
    expect(unfinished(milestones('done'))).toEqual([])
  })

  it('say nothing of an empty dependency', () => {
    expect(unfinished([{ id: 'M1', title: 'x' }, { id: 'M2', title: 'x', dependsOn: ['M1'], steps: [{ id: 'S', title: 'x', microsteps: [{ id: 'c', title: 'x', status: 'done' }] }] }])).toEqual([])
  })
})
