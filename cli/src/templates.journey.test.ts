/** Templates with `br template` and `br examples`: files of this folder, and the registry of a server as `npm start` runs it. */
import * as fs from 'node:fs'
import path from 'node:path'
import { flattenPlan, parsePlan, type Plan } from '@buildrunner/sdk/plans'
import { policyEntries, usedTemplates } from '@buildrunner/sdk/template-engine'
import { describe, expect, test } from 'vitest'
import { PLAN } from './testing/br.ts'
import { useJourney } from './testing/journey.ts'
import { converse, hasTerminal, KEY } from './testing/terminal.ts'

const journey = useJourney()
const POLICY = path.join('governance', 'policy.yml')
const SPIKE = `format: 1
name: spike
version: 1.0.0
kind: template
title: Spike
description: A question that is answered in days.
variables:
  - { name: question, type: string, prompt: Which question? }
plan:
  project: { name: '{{question}}' }
  milestones:
    - id: answer
      title: 'Answer {{question}}'
      acceptanceCriteria: [{ text: The answer is written down. }]
      steps:
        - id: try
          title: Try it
          acceptanceCriteria: [{ text: It was tried. }]
          microsteps: [{ id: build, title: Build the smallest thing, estimate: 4 }]
policy:
  rules:
    - { id: short, when: [plan.microstep.add], condition: item.estimateHours > 8.0, effect: warn, message: A spike is short. }
`

function folder() {
  const cwd = journey.cli.folder()
  const br = (...args: string[]) => journey.cli.run(args, { cwd })
  const json = async (...args: string[]): Promise<any> => {
    const { code, stdout, stderr } = await br(...args, '--json')
    if (stdout === '') throw new Error(`br ${args.join(' ')} ended with ${code}: ${stderr}`)
    return { code, ...JSON.parse(stdout) }
  }
  const read = (file: string) => fs.readFileSync(path.join(cwd, file), 'utf8')
  const save = (file: string, text: string) => fs.writeFileSync(path.join(cwd, file), text)
  return { cwd, br, json, read, save, plan: () => JSON.parse(read(PLAN)) as Plan }
}

describe('br examples', () => {
  test.each(['react', 'nextjs'])('%s makes a project with a plan, a policy and a page, all without fault', async (name) => {
    const { cwd, br, json, read } = folder()
    expect(await json('examples', name)).toMatchObject({ code: 0, template: name, folder: name })
    expect(parsePlan(read(path.join(name, PLAN))).problems).toEqual([])
    expect(read(path.join(name, 'README.md'))).toContain('br plan next')
    const inside = (...args: string[]) => journey.cli.run(args, { cwd: path.join(cwd, name) })
    expect(await inside('lint', '--strict')).toMatchObject({ code: 0 })
    expect(await inside('governance', 'validate')).toMatchObject({ code: 0 })
    expect((await inside('plan', 'next')).stdout).not.toBe('')
    expect(await br('examples', name)).toMatchObject({ code: 2, stderr: expect.stringContaining(`${name} is not empty`) })
  })

  test('lists what there is, and suggests what was meant', async () => {
    const { br, json } = folder()
    expect((await json('examples')).examples.map(({ name }: { name: string }) => name)).toContain('mobile-release')
    expect(await br('examples', 'raect')).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean react') })
  })
})

describe('br template use', () => {
  test('makes a plan with packs that are joined to it, remembers them, and writes their rules', async () => {
    const { json, plan, read, br } = folder()
    const made = await json('template', 'use', 'web-app', 'auth', 'ci', '--set', 'name=Shop', '--set', 'auth.methods=passkey')
    expect(made).toMatchObject({ code: 0, conflicts: [], templateConflicts: [], written: expect.arrayContaining([PLAN, POLICY]) })
    const flat = flattenPlan(plan())
    expect(flat.items.get('quality')?.fields.dependsOn).toEqual(['journeys', 'auth', 'ci'])
    expect(flat.items.has('auth-password')).toBe(false)
    expect(usedTemplates(plan()).map(({ name, values }) => [name, values])).toEqual([['web-app', { name: 'Shop' }], ['auth', { methods: ['passkey'] }], ['ci', {}]])
    expect(policyEntries(read(POLICY)).rules?.map((rule) => rule['id'])).toContain('done-needs-evidence')
    expect(await br('lint')).toMatchObject({ code: 0 })
  })

  test('brings a pack into a plan that is there, and leaves comments and rules of its policy alone', async () => {
    const { br, json, plan, read, save, cwd } = folder()
    await br('init', '--name', 'Ours')
    await br('plan', 'add', 'Own', '--id', 'own')
    fs.mkdirSync(path.join(cwd, 'governance'))
    save(POLICY, '# Ours.\nversion: 1\nrules:\n  - { id: ours, when: [plan.import], effect: warn, message: Mind. } # since May\n')
    expect(await json('template', 'use', 'observability', '--dry-run')).toMatchObject({ code: 0, written: [], dryRun: true })
    expect(usedTemplates(plan())).toEqual([])
    const used = await json('template', 'use', 'observability')
    expect(used.templateConflicts.map(({ kind, name }: any) => [kind, name])).toEqual([['join', 'foundation'], ['join', 'release']])
    expect([plan().project.name, flattenPlan(plan()).items.has('own'), flattenPlan(plan()).items.has('observe')]).toEqual(['Ours', true, true])
    expect(read(POLICY)).toMatch(/^# Ours\.\nversion: 1\nrules:\n {2}- \{ id: ours, .*# since May/)
  })

  test.each([
    [['web-app'], 2, 'asks for "name"'],
    [['web-ap', '--set', 'name=x'], 6, 'Did you mean "web-app"?'],
    [['web-app@^9.0.0', '--set', 'name=x'], 6, 'there is 1.0.0'],
    [['web-app', '--set', 'nmae=x'], 2, 'Did you mean "name"?'],
    [['web-app', '--set', 'name'], 2, 'is not NAME=VALUE'],
    [['api-service', '--set', 'name=x', '--set', 'style=soap'], 2, '"soap" is not one of rest, graphql, grpc'],
    [['./nowhere.yml'], 6, 'There is no file'],
  ])('refuses %j with one clear error, and writes nothing', async (args, code, text) => {
    const { br, cwd } = folder()
    expect(await br('template', 'use', ...args)).toMatchObject({ code, stderr: expect.stringContaining(text) })
    expect(fs.readdirSync(cwd)).toEqual([])
  })

  test.runIf(hasTerminal)('asks for what was not given', async () => {
    const { cwd, save, plan } = folder()
    save('spike.yml', SPIKE)
    const { code } = await converse(journey.cli, ['template', 'use', './spike.yml'], [{ see: 'Which question?', press: `Is it fast${KEY.enter}` }], { cwd })
    expect([code, plan().project.name]).toEqual([0, 'Is it fast'])
  })
})

describe('br template update', () => {
  const next = SPIKE.replace('1.0.0', '1.1.0').replace('Build the smallest thing', 'Build something small').replace("'Answer {{question}}'", "'Answer: {{question}}'").replace('8.0', '6.0')
  async function edited() {
    const place = folder()
    place.save('spike.yml', SPIKE)
    await place.br('template', 'use', './spike.yml', '--set', 'question=Why?')
    await place.br('plan', 'edit', 'answer', '--title', 'Find the answer')
    await place.br('plan', 'edit', 'build', '--status', 'done')
    await place.br('plan', 'add', 'My own', '--id', 'mine', '--parent', 'try')
    place.save('spike.yml', next)
    return place
  }

  test('takes what is new, keeps what was done, and writes nothing while a conflict is undecided', async () => {
    const { br, json, plan, read } = await edited()
    const before = read(PLAN)
    const open = await json('template', 'update', './spike.yml')
    expect(open).toMatchObject({ code: 4, written: [], conflicts: [{ name: 'answer.title', base: 'Answer Why?', local: 'Find the answer', remote: 'Answer: Why?' }] })
    expect(read(PLAN)).toBe(before)
    expect(await br('template', 'update', './spike.yml', '--keep', 'local', '--except', 'nothing')).toMatchObject({ code: 6 })

    expect(await json('template', 'update', './spike.yml', '--keep', 'local')).toMatchObject({ code: 0, conflicts: [] })
    const flat = flattenPlan(plan())
    expect([flat.items.get('answer')?.fields.title, flat.items.get('build')?.fields, flat.items.get('mine')?.fields.title]).toEqual(['Find the answer', { title: 'Build something small', estimate: 4, status: 'done' }, 'My own'])
    expect(policyEntries(read(POLICY)).rules).toMatchObject([{ id: 'short', condition: 'item.estimateHours > 6.0' }])
    expect(usedTemplates(plan())[0]).toMatchObject({ version: '1.1.0', values: { question: 'Why?' } })
    expect(await json('template', 'update')).toMatchObject({ code: 0, changes: [], policyChanges: [], written: [] })
  })

  test('takes the other side with --except, and another value with --set', async () => {
    const { json, plan } = await edited()
    await json('template', 'update', './spike.yml', '--keep', 'local', '--except', 'answer.title', '--set', 'question=How?')
    expect([plan().milestones[0]?.title, plan().project.name]).toEqual(['Answer: How?', 'How?'])
  })

  test.runIf(hasTerminal)('asks on a terminal what stands, policy included', async () => {
    const { cwd, save, read, plan } = await edited()
    save(POLICY, read(POLICY).replace('A spike is short.', 'Ours.'))
    const dialogue = [{ see: 'What stands for answer.title?', press: `${KEY.down}${KEY.enter}` }, { see: 'What stands for policy.short?', press: KEY.enter }]
    const { code } = await converse(journey.cli, ['template', 'update', './spike.yml'], dialogue, { cwd })
    expect([code, plan().milestones[0]?.title]).toEqual([0, 'Answer: Why?'])
    expect(policyEntries(read(POLICY)).rules).toMatchObject([{ id: 'short', condition: 'item.estimateHours > 8.0', message: 'Ours.' }])
  })

  test('refuses content that changed under one version, and a plan without templates', async () => {
    const { br, save, cwd } = await edited()
    save('spike.yml', next.replace('1.1.0', '1.0.0'))
    expect(await br('template', 'update', './spike.yml', '--keep', 'local')).toMatchObject({ code: 2, stderr: expect.stringContaining('Raise the version') })
    fs.rmSync(path.join(cwd, 'buildrunner', 'templates'), { recursive: true })
    expect(await br('template', 'update')).toMatchObject({ code: 6, stderr: expect.stringContaining('nowhere to be found') })
    const other = folder()
    await other.br('init')
    expect(await other.br('template', 'update')).toMatchObject({ code: 2, stderr: expect.stringContaining('was not made from a template') })
  })
})

describe('the registry', () => {
  test('takes versions that never change, and brings them to others', async () => {
    const { br, json, save } = folder()
    save('spike.yml', SPIKE)
    expect(await json('template', 'publish', 'spike.yml')).toMatchObject({ code: 0, template: { name: 'spike', version: '1.0.0' } })
    save('spike.yml', SPIKE.replace('Try it', 'Try it out'))
    expect(await br('template', 'publish', 'spike.yml')).toMatchObject({ code: 2, stderr: expect.stringContaining('never changes') })
    save('spike.yml', SPIKE.replace('Try it', 'Try it out').replace('1.0.0', '1.1.0'))

    const other = folder()
    await other.br('template', 'use', 'spike', '--set', 'question=Why?')
    await json('template', 'publish', 'spike.yml')
    expect((await other.json('template', 'list', '--source', 'organisation')).templates).toMatchObject([{ name: 'spike', version: '1.1.0', used: '1.0.0' }])
    expect(await other.json('template', 'update')).toMatchObject({ code: 0, templates: [{ name: 'spike', before: '1.0.0', version: '1.1.0' }] })
    expect(flattenPlan(other.plan()).items.get('try')?.fields.title).toBe('Try it out')
    await json('template', 'deprecate', 'spike@1.1.0', '--reason', 'Wrong.')
    expect(await other.json('template', 'show', 'spike')).toMatchObject({ version: '1.0.0' })
  })

  test('tells every fault of a file, with its line', async () => {
    const { br, save } = folder()
    save('faulty.yml', SPIKE.replace('{{question}}', '{{qestion}}'))
    expect(await br('template', 'lint', 'faulty.yml')).toMatchObject({ code: 3, stdout: expect.stringMatching(/faulty\.yml:\d+:\d+ .*expression/) })
    expect(await br('template', 'publish', 'faulty.yml')).toMatchObject({ code: 3, stderr: expect.stringContaining('faulty.yml has 1 error') })
    expect((await br('template', 'show', 'web-app')).stdout).toContain('Which journeys must work on the first day?')
  })
})
