/** People and teams with `br members` and `br teams`, against the server as `npm start` runs it. */
import { expect, test } from 'vitest'
import { useJourney } from './testing/journey.ts'

const journey = useJourney()
const { br } = journey


test('somebody is invited with a role, listed, and the invitation withdrawn', async () => {
  const made = await br('members', 'invite', 'linus@example.com', '--project', 'demo=tech-lead', '--json')
  expect(made).toMatchObject({ code: 0, stderr: '' })
  const { invitation } = JSON.parse(made.stdout)
  expect(invitation).toMatchObject({ email: 'linus@example.com', state: 'OPEN', projectRoles: [{ role: 'TECH_LEAD' }] })
  expect((await br('members', 'invitations')).stdout).toMatch(/^linus@example\.com +Member +until \d{4}-\d\d-\d\d +inv_/)
  expect(await br('members', 'resend', invitation.id)).toMatchObject({ code: 0, stdout: expect.stringContaining('linus@example.com again') as string })
  expect(await br('members', 'revoke', invitation.id, '--yes')).toMatchObject({ code: 0, stdout: expect.stringContaining('revoked') as string })
  expect((await br('members', 'invitations')).stdout).toContain('No invitations')
})

test('teams are made, filled, listed and deleted', async () => {
  expect(await br('teams', 'create', 'Front end', '--slug', 'frontend')).toMatchObject({ code: 0 })
  expect(await br('teams', 'add', 'frontend', 'admin@localhost')).toMatchObject({ code: 0 })
  expect((await br('teams', 'list')).stdout).toMatch(/^frontend +Front end +1 member/)
  expect((await br('members', 'list', '--team', 'frontend')).stdout).toMatch(/^Administrator +admin@localhost +TenantAdmin +seat +frontend/)
  expect((await br('members', 'list', '--project', 'demo')).stdout).toMatch(/^Administrator +PM +as TenantAdmin/)
  expect(await br('teams', 'remove', 'frontend', 'admin@localhost', '--yes')).toMatchObject({ code: 0 })
  expect(await br('teams', 'delete', 'frontend', '--yes')).toMatchObject({ code: 0 })
})

test.each([
  [['members', 'invite', 'nobody'], 'no e-mail address'],
  [['members', 'role', 'admin@localhost', 'Member'], 'at least one TenantAdmin'],
  [['members', 'role', 'admin@localhost', 'Boss'], 'TenantAdmin or Member'],
  [['members', 'remove', 'who@example.com', '--yes'], 'who@example.com'],
  [['members', 'accept', 'bi_nonsense'], 'invitation'],
  [['teams', 'delete', 'nope', '--yes'], 'nope'],
])('br %j is refused and says why', async (args, said) => {
  const result = await br(...args)
  expect(result).toMatchObject({ stdout: '' })
  expect(result.code).not.toBe(0)
  expect(result.stderr).toContain(said)
})
