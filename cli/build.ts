/** Bundles `br`: one small entry, one chunk a command, the SDK and every dependency inside. */
import { build } from 'esbuild'
import * as fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = path.dirname(fileURLToPath(import.meta.url))

/**
 * @param outdir where `br.js` and its chunks go. Default: `cli/dist`.
 * @returns the path of `br.js`.
 */
export async function buildCli({ outdir = path.join(here, 'dist') }: { outdir?: string } = {}): Promise<string> {
  fs.rmSync(outdir, { recursive: true, force: true })
  await build({
    absWorkingDir: here,
    entryPoints: { br: 'src/br.ts' },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    chunkNames: 'chunks/[name]-[hash]',
    conditions: ['@buildrunner/source'],
    // jsonc-parser bundles only by its `module` field.
    mainFields: ['module', 'main'],
    // Commander is CommonJS and requires Node's built-ins.
    banner: { js: `import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);` },
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'warning',
  })
  // Chunks are modules wherever the folder lies.
  fs.writeFileSync(path.join(outdir, 'package.json'), '{ "type": "module" }\n')
  const entry = path.join(outdir, 'br.js')
  fs.chmodSync(entry, 0o755)
  return entry
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href) await buildCli()
