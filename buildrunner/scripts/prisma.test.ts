import { execFile } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'

const root = join(import.meta.dirname, '..', '..')

/** Answers the exit code (0 for no difference, 2 for one) and the SQL. */
function diff(schema: string): Promise<{ code: number; sql: string }> {
  const targets = ['--from-migrations', 'prisma/migrations', '--to-schema', schema]
  const args = [join(import.meta.dirname, 'prisma.ts'), 'migrate', 'diff', ...targets, '--script', '--exit-code']
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root }, (error, stdout) => resolve({ code: Number(error?.code ?? 0), sql: stdout }))
  })
}

// One run for two facts, as it takes its time: any other statement would be a difference between migrations and models.
it('prisma migrate diff writes the migration for a new model, and the migrations make what all others say', async () => {
  const schema = mkdtempSync(join(tmpdir(), 'buildrunner-schema-'))
  onTestFinished(() => rmSync(schema, { recursive: true }))
  cpSync(join(root, 'prisma', 'schema'), schema, { recursive: true })
  appendFileSync(join(schema, 'base.prisma'), '\nmodel Newcomer {\n  id String @id @db.Uuid\n}\n')
  const { code, sql } = await diff(schema)
  expect(sql.trim()).toBe(`-- CreateTable
CREATE TABLE "Newcomer" (
    "id" UUID NOT NULL,

    CONSTRAINT "Newcomer_pkey" PRIMARY KEY ("id")
);`)
  expect(code).toBe(2)
})
