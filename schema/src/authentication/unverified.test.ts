import { createTestWorkspace } from '../testing/workspace.ts'
import { expect, test } from 'vitest'
import { mutate } from './testing/people.ts'
import { UNVERIFIED_DAYS, purgeUnverified } from './unverified.ts'

const DAY_MS = 86_400_000

test('who never came back from the mail is forgotten; members, and who has a link that still counts, stay', async () => {
  const workspace = await createTestWorkspace()
  const { services: { db }, pool } = workspace
  const later = new Date(Date.now() + (UNVERIFIED_DAYS + 1) * DAY_MS)
  const signUp = (email: string) => mutate(workspace, 'signUp', { input: { email, password: 'correct horse battery staple', name: 'Somebody' }, ctx: workspace.context(null) })
  for (const email of ['gone@example.com', 'waiting@example.com']) expect((await signUp(email)).code).toBeUndefined()
  await pool.query(`UPDATE verifications SET expires_at = $1 WHERE identifier LIKE '%' || (SELECT id FROM users WHERE email = 'waiting@example.com') || ':%'`, [new Date(later.getTime() + DAY_MS)])
  const before = await pool.query<{ email: string }>('SELECT email FROM users')
  expect(await purgeUnverified(db, new Date())).toBe(0)
  expect(await purgeUnverified(db, later)).toBe(1)
  const after = await pool.query<{ email: string }>('SELECT email FROM users')
  expect(before.rows.map(({ email }) => email).filter((email) => !after.rows.some((row) => row.email === email))).toEqual(['gone@example.com'])
  const { rows } = await pool.query<{ details: string; personal: string | null }>("SELECT details, personal FROM audit_records WHERE action = 'person.purge'")
  expect(rows).toEqual([{ details: '{"count":1}', personal: null }])
})
