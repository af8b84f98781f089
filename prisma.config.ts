import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'prisma/config'

// The native engine is a download that some networks refuse; then the same engine runs as WASM.
if (!hasNativeEngine()) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(new URL('prisma/schema-engine.mjs', import.meta.url))

/** Prisma's installer puts the engine into its own package. */
function hasNativeEngine(): boolean {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/engines/package.json'))
  return readdirSync(folder).some((name) => name.startsWith('schema-engine-'))
}

/** `npm run prisma` sets both addresses; `generate`, `validate` and `format` need neither. */
export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '', shadowDatabaseUrl: process.env.SHADOW_DATABASE_URL },
})
