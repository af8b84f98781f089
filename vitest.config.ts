import { defineConfig } from 'vitest/config'

export default defineConfig({
  ssr: { resolve: { conditions: ['@buildrunner/source'] } },
  resolve: { conditions: ['@buildrunner/source'] },
  test: { include: ['{api,schema,sdk,cli,examples,prisma,buildrunner}/**/*.test.ts'], exclude: ['**/node_modules/**', '**/dist/**'] },
})
