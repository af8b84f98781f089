import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const conditions = ['@buildrunner/source']
const exclude = ['**/node_modules/**', '**/dist/**']
/** Tests of pure rules: they wait for no database. */
const pure = ['sdk/src/{domain,resilience}/**/*.test.ts']
/** Tests in front of documentation and console, which are built while the others run. */
const site = ['docs-site/testing/**/*.test.ts']
// These start processes and databases: on a slow or busy machine that takes many times what it takes on a quiet one.
const system = { globalSetup: ['buildrunner/scripts/test-setup.ts'], testTimeout: 240_000, hookTimeout: 240_000 }

export default defineConfig({
  ssr: { resolve: { conditions } },
  // `graphql` has no export map: without this, our code would get its ESM build and its plugins the CommonJS one
  resolve: { conditions, alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    // CI counts from this file; what `npm test` prints stays the same.
    reporters: process.env.TEST_REPORT ? ['default', ['json', { outputFile: process.env.TEST_REPORT }]] : ['default'],
    // Most tests wait for processes, browsers and databases: on two cores, two more workers make a run a third shorter.
    maxWorkers: availableParallelism() + 2,
    // What is waited for comes when it comes: one second, vitest's own limit, is short where others work beside it.
    expect: { poll: { timeout: 30_000 } },
    setupFiles: ['buildrunner/scripts/test-properties.ts'],
    projects: [
      // Files share a process and what it has imported: pure rules leave nothing behind.
      { extends: true, test: { name: 'pure', include: pure, exclude, testTimeout: 60_000, isolate: false } },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['{api,schema,sdk,cli,examples,prisma,buildrunner,docs-site}/**/*.test.ts'],
          exclude: [...exclude, ...pure, ...site],
          ...system,
        },
      },
      { extends: true, test: { name: 'site', include: site, exclude, ...system, hookTimeout: 900_000, sequence: { groupOrder: 1 } } },
    ],
  },
})
