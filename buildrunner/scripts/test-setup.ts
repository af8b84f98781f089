/** Vitest's global set-up: one Postgres for the run, with a migrated template that each test file clones. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../../api/src/database/embedded.ts'
import { migrate } from '../../api/src/database/migrate.ts'
import { administer } from '../../schema/src/testing/administer.ts'
import type {} from '../../schema/src/testing/database.ts'

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/** `TEST_DATABASE_URL` (a role that may create databases) stands in for the embedded server: CI uses it for other versions. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL
  const { adminUrl, stop } = given ? { adminUrl: given, stop: async () => {} } : await startTemporary()
  const template = `template_${process.pid}_${project.name}`
  await administer(adminUrl, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`)
  await administer(adminUrl, `CREATE DATABASE ${template} TEMPLATE template0`)
  const templateUrl = new URL(adminUrl)
  templateUrl.pathname = template
  await migrate(templateUrl.href, { directory: MIGRATIONS })
  project.provide('databaseAdminUrl', adminUrl)
  project.provide('databaseTemplate', template)
  return async () => {
    await administer(adminUrl, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`)
    await stop()
  }
}

async function startTemporary(): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'buildrunner-test-'))
  const server = await startEmbeddedPostgres({ dataDir, durable: false })
  return {
    adminUrl: server.adminUrl,
    async stop() {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
