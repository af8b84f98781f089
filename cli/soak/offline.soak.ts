/** The offline soak, as `npm run soak` runs it: `--minutes 5` (the default) of faults. `--seed` makes other choices. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbeddedPostgres } from '../../api/src/database/embedded.ts'
import { hasChromium } from '../../sdk/test/chromium.ts'
import { soakOffline } from './offline-soak.ts'

const { values: given } = parseArgs({ options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string', default: '1' } } })
if (!hasChromium) {
  console.error('This needs Chromium: set CHROMIUM_PATH.')
  process.exit(1)
}
const begun = performance.now()
const log = (text: string): void => console.log(`${((performance.now() - begun) / 1_000).toFixed(0).padStart(4)} s  ${text}`)
const dataDir = mkdtempSync(join(tmpdir(), 'br-soak-'))
const database = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres') })
try {
  const { violations, operations, faults, conflicts } = await soakOffline({ databaseUrl: database.url, disturbMs: Number(given.minutes) * 60_000, seed: Number(given.seed), log })
  log(`operations ${JSON.stringify(operations)}`)
  log(`faults ${JSON.stringify(faults)}`)
  log(`conflicts decided ${JSON.stringify(conflicts)}`)
  log(violations.length === 0 ? 'all equal, every operation accounted for, nothing twice' : violations.slice(0, 20).join('\n        '))
  process.exitCode = violations.length === 0 ? 0 : 1
} finally {
  await database.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
