import { expect, test } from 'vitest'
import { createTestWorkspace } from '../testing/workspace.ts'
import { authentication } from './store.ts'

test('people, accounts and links are written in our transaction, or not at all', async () => {
  const { pool, services: { db } } = await createTestWorkspace()
  const auth = await authentication()
  const write = (fail: boolean): Promise<string> =>
    db.transaction(async (tx) => {
      const store = auth.store(tx)
      const user = await store.createUser({ email: 'Grace@Example.com', name: 'Grace', emailVerified: false }, { method: 'email-password' })
      await store.createAccount({ userId: user.id, providerId: 'credential', accountId: user.id, password: await auth.hash('p') })
      await store.createVerificationValue({ identifier: 'x:1:2', value: '{}', expiresAt: new Date(Date.now() + 60_000) })
      if (fail) throw new Error('stop')
      return user.id
    })
  await expect(write(true)).rejects.toThrow('stop')
  expect((await pool.query('SELECT email FROM users')).rows).toEqual([{ email: 'ada@example.com' }])
  const id = await write(false)
  const store = auth.store(db)
  expect(await store.findUserByEmail('GRACE@example.com')).toMatchObject({ user: { id, email: 'grace@example.com', emailVerified: false, name: 'Grace' } })
  const account = await store.findCredentialAccount(id)
  expect(await auth.verify({ hash: account!.password!, password: 'p' })).toBe(true)
  await store.updatePassword(id, await auth.hash('q'))
  expect(await auth.verify({ hash: (await store.findCredentialAccount(id))!.password!, password: 'q' })).toBe(true)
  expect((await store.updateUser(id, { emailVerified: true })).emailVerified).toBe(true)
  const consumed = await Promise.all([1, 2, 3].map(() => db.transaction((tx) => auth.store(tx).consumeVerificationValue('x:1:2'))))
  expect(consumed.filter((row) => row !== null)).toHaveLength(1)
})
