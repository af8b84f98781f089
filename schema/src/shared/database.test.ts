import { expect, test } from 'vitest'
import { createTestWorkspace } from '../testing/workspace.ts'
import { statement } from './database.ts'

const INSERT = statement('test:insert', `INSERT INTO users (id, email, name) VALUES (gen_random_uuid(), $1::text, 'T')`)
const COUNT = statement<{ count: number }>('test:count', `SELECT count(*)::int AS count FROM users WHERE email LIKE $1::text`)

test('a transaction commits all of its statements, or none', async () => {
  const { services: { db } } = await createTestWorkspace()
  const count = async (pattern: string): Promise<number | undefined> => (await db.query(COUNT, [pattern]))[0]?.count
  await db.transaction(async (tx) => {
    await tx.query(INSERT, ['kept-1@example.com'])
    await tx.transaction((inner) => inner.query(INSERT, ['kept-2@example.com']))
    expect(await count('kept-%')).toBe(0)
  })
  expect(await count('kept-%')).toBe(2)
  await expect(db.transaction(async (tx) => {
    await tx.query(INSERT, ['lost-1@example.com'])
    await tx.query(INSERT, ['lost-1@example.com'])
  })).rejects.toMatchObject({ constraint: 'users_email_key' })
  expect(await count('lost-%')).toBe(0)
})
