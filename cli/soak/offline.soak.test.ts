/** Half a minute of `npm run soak`, with its settling. */
import { createTestDatabase } from '@buildrunner/schema/testing/database'
import { expect, test } from 'vitest'
import { hasChromium } from '../../sdk/test/chromium.ts'
import { soakOffline } from './offline-soak.ts'

if (!hasChromium) console.warn('SKIPPED: two br and a browser against one server under faults. It needs Chromium (CHROMIUM_PATH).')

test.skipIf(!hasChromium)('two br and a page end equal, whatever happened to the network, the server and themselves', async () => {
  const database = await createTestDatabase()
  const { violations, operations, faults, conflicts } = await soakOffline({ databaseUrl: database.url, disturbMs: 20_000, seed: 6, log: () => undefined })
  console.log(`operations ${JSON.stringify(operations)}\nfaults ${JSON.stringify(faults)}\nconflicts ${JSON.stringify(conflicts)}`)
  await database.drop()
  expect(violations).toEqual([])
  expect(Object.keys(operations)).toEqual(expect.arrayContaining(['anna set', 'ben set', 'page set']))
  expect(faults.restarts).toBeGreaterThan(0)
})
