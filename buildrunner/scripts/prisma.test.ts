import { execFile } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'

const root = join(import.meta.dirname, '..', '..')

/** Answers the exit code and what was printed: 0 for no difference, 2 for one. */
function diff(schema: string): Promise<{ code: number; output: string }> {
  const targets = ['--from-migrations', 'prisma/migrations', '--to-schema', schema]
  const args = [join(import.meta.dirname, 'prisma.ts'), 'migrate', 'diff', ...targets, '--script', '--exit-code']
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root }, (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }))
  })
}

describe('prisma migrate diff', () => {
  it('finds that the migrations make what the models say', { timeout: 60_000 }, async () => {
    const { code, output } = await diff('prisma/schema')
    expect(output).toContain('This is an empty migration')
    expect(code).toBe(0)
  })

  it('writes the migration for a model that has none yet', { timeout: 60_000 }, async () => {
    const schema = mkdtempSync(join(tmpdir(), 'buildrunner-schema-'))
    onTestFinished(() => rmSync(schema, { recursive: true }))
    cpSync(join(root, 'prisma', 'schema'), schema, { recursive: true })
    appendFileSync(join(schema, 'base.prisma'), '\nmodel Newcomer {\n  id String @id @db.Uuid\n}\n')
    const { code, output } = await diff(schema)
    expect(output).toContain('CREATE TABLE "Newcomer"')
    expect(code).toBe(2)
  })
})
