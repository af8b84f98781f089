/** Rules of a project with `br governance`: offline, and against the server as `npm start` runs it. */
import * as fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { useJourney } from './testing/journey.ts'

const journey = useJourney({ project: 'Shop' })
const { br, data } = journey

const POLICY = `version: 1
rules:
  - id: in-order
    when: [plan.status.set]
    condition: item.status == 'done' && item.openDependencies > 0
    effect: block
    message: '{{item.id}} waits for something.'
    remedy: Finish what it depends on.
  - id: second-look
    when: [plan.milestone.update]
    condition: "'title' in change.fields"
    effect: require_approval
    approvals: { roles: [TechLead, PM] }
    message: Titles of milestones are agreed upon.
`
function write(text: string): void {
  fs.mkdirSync(path.join(journey.cwd, 'governance'), { recursive: true })
  fs.writeFileSync(path.join(journey.cwd, 'governance', 'policy.yml'), text)
}

describe('offline', () => {
  test('a policy is checked, from a file, a pipe or the operator', async () => {
    expect(await br('governance', 'validate')).toMatchObject({ code: 6, stderr: expect.stringContaining('There is no policy') as string })
    write(POLICY.replace('openDependencies', 'openDependecies'))
    const wrong = await br('governance', 'validate')
    expect(wrong).toMatchObject({ code: 12, stderr: '' })
    expect(wrong.stdout).toMatch(/^governance\/policy\.yml:5:\d+ {2}error unknown-fact {2}item has no openDependecies\.\n {2}5 │ .*\n {4}│ +\^+\n {2}Did you mean openDependencies\?\n✗ 1 error in governance\/policy\.yml\n$/)
    expect(JSON.parse((await br('governance', 'validate', '--json')).stdout)).toMatchObject({ errors: 1, problems: [{ code: 'unknown-fact', line: 5 }] })
    expect(JSON.parse((await br('governance', 'validate', '--format', 'sarif')).stdout).runs[0].results).toHaveLength(1)
    expect(await journey.cli.run(['governance', 'validate', '-', '--strict'], { input: 'version: 1\naudit: {}\n' })).toMatchObject({ code: 12, stdout: expect.stringContaining('ignored-section') as string })
    const operator = path.join(import.meta.dirname, '..', '..', 'governance', 'policy.yml')
    expect(await br('governance', 'validate', operator, '--operator', '--strict')).toMatchObject({ code: 0 })
    write(POLICY)
    expect(await br('governance', 'validate', '--strict')).toMatchObject({ code: 0, stdout: '✓ no problems in governance/policy.yml\n' })
  })

  test('a change is explained by the files here', async () => {
    const explained = await br('governance', 'explain', 'T4', '--status', 'done', '--offline')
    expect(explained).toMatchObject({ code: 0, stderr: '' })
    expect(explained.stdout).toMatch(/^✗ it would be refused\n {2}in-order:3 {2}T4 waits for something\.\n {4}Finish what it depends on\.\n● in-order:3 {2}block applies to T4\n/)
    expect(explained.stdout).toContain('    item.openDependencies is 1\n')
    expect((await br('governance', 'explain', 'T3', '--status', 'done', '--offline')).stdout).toMatch(/^✓ it would be written\n○ in-order/)
    expect(await br('governance', 'explain', 'T4')).toMatchObject({ code: 2 })
  })
})

describe('on the server', () => {
  test('a policy is put in force, shown, compared and has a history', async () => {
    expect((await br('governance', 'show')).stderr).toContain('no rules of its own')
    expect((await br('governance', 'diff')).stdout).toMatch(/^\+ in-order\n\+ second-look\n$/)
    expect((await br('governance', 'apply', '--reason', 'Order')).stdout).toBe('✓ version 1 is in force: 2 rules, 0 phases\n')
    expect((await br('governance', 'show')).stdout).toBe(POLICY)
    expect((await br('governance', 'diff')).stdout).toContain('They say the same.')
    expect((await br('governance', 'history')).stdout).toMatch(/^ {2}1\* \d{4}-\d\d-\d\d \d\d:\d\d {2}Administrator {2}Order\n$/)
    write('rules: []\n')
    expect(await br('governance', 'apply', '--reason', 'Wrong')).toMatchObject({ code: 12, stderr: expect.stringContaining('1 error') as string })
    write(POLICY)
    expect(await br('governance', 'apply', '--reason', 'Again', '--expect', '0')).toMatchObject({ code: 4 })
  })

  test('explains a change as it refuses it, and tells what a policy would have stopped', async () => {
    expect((await br('governance', 'explain', 'T4', '--status', 'done')).stdout).toMatch(/^✗ it would be refused\n {2}in-order:3 {2}T4 waits for something\.\n/)
    expect((await br('governance', 'explain', 'T3', '--status', 'done')).stdout).toMatch(/^✓ it would be written/)
    write(`${POLICY}  - { id: no-plans, when: ['plan.*'], effect: block, message: No. }\n`)
    const simulated = await data('governance', 'simulate', '--since', '1d', '--samples', '1')
    expect(simulated.stopped).toBeGreaterThan(0)
    expect(simulated.rules).toMatchObject([{ rule: 'in-order' }, { rule: 'second-look', hits: 0 }, { rule: 'no-plans', hits: simulated.stopped, samples: [{ message: 'No.' }] }])
    expect((await br('governance', 'simulate', '--policy-version', '1')).stdout).toMatch(/ would have been stopped, in \d+ events?\n +\d+ {2}in-order:3 {2}block\n/)
    expect(await br('governance', 'simulate', '--since', 'ever')).toMatchObject({ code: 2 })
  })

  test('agreement is asked for, listed, and never given by who asked', async () => {
    const { approvals: [approval] } = await data('governance', 'request', 'M2', '--set', 'title=Go', '--reason', 'It is shorter')
    expect(approval).toMatchObject({ rule: 'second-look', status: 'PENDING', roles: ['TechLead', 'PM'] })
    expect((await br('governance', 'approvals')).stdout).toMatch(/apr_\w+\n {2}second-look {2}0 of 1 approval by TechLead or PM, until .*Administrator: It is shorter\n$/)
    expect(await br('governance', 'approve', approval.id)).toMatchObject({ code: 5 })
    expect((await br('governance', 'refuse', approval.id, '--comment', 'No')).code).not.toBe(0)
    expect((await data('governance', 'approvals', '--status', 'granted')).approvals).toEqual([])
  })
})
