import { gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Plugin } from 'esbuild'
import { expect, test } from 'vitest'
import { groups } from './_generated/operations/index.ts'

const entry = fileURLToPath(new URL('index.ts', import.meta.url))

const withoutOperations: Plugin = {
  name: 'without-operations',
  setup: ({ onLoad }) => onLoad({ filter: /_generated\/operations\/index\.ts$/ }, () => ({ contents: 'export const groups = {}' })),
}

/** For a browser: a built-in module of Node cannot be resolved, and would fail the build. */
async function bundle(plugins: Plugin[] = []): Promise<{ gzipped: number; files: string[] }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry], bundle: true, minify: true, write: false, metafile: true, format: 'esm', platform: 'browser', target: 'es2022', plugins,
  })
  return { gzipped: gzipSync(outputFiles[0]!.contents, { level: 9 }).length, files: Object.keys(metafile.inputs) }
}

test('the root entry reaches only the core and the generated modules: no zod, no graphql, no built-in module', async () => {
  const { files } = await bundle()
  expect(files.length).toBeGreaterThan(5)
  expect(files.filter((file) => !/src\/(_generated\/)?(operations\/)?[a-z-]+\.ts$/.test(file))).toEqual([])
})

test('the core is at most 5.5 KB (min+gzip), so that 9 KB hold it with graphql-ws; an operation adds at most 90 B on average', async () => {
  const [core, whole] = await Promise.all([bundle([withoutOperations]), bundle()])
  const operations = Object.values(groups).flatMap((group) => Object.keys(group)).length
  expect(core.gzipped).toBeLessThanOrEqual(5.5 * 1024)
  expect((whole.gzipped - core.gzipped) / operations).toBeLessThanOrEqual(90)
})
