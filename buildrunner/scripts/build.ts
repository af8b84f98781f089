/**
 * `npm run build`: the server and `br`, each bundled with what it needs, so that a start reads few files, the SDK as it is published,
 * and the site. `--local` leaves out the last two: `npm start` does not need them to begin. Not minified, so that a stack trace can be read.
 */
import { spawnSync } from 'node:child_process'
import { rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { build } from 'esbuild'
import { buildCli } from '../../cli/build.ts'

const root = join(import.meta.dirname, '..', '..')

export async function buildApi({ outdir = join(root, 'api', 'dist') } = {}): Promise<string> {
  rmSync(outdir, { recursive: true, force: true })
  await build({
    absWorkingDir: root,
    entryPoints: { main: 'api/src/main.ts' },
    outdir,
    bundle: true,
    splitting: true, // what is imported when it is needed, such as the playground, is not read at start
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node24',
    conditions: ['@buildrunner/source'],
    // Optional, and looked for at run time only.
    external: ['pg-native'],
    // What imports it when it is needed looks for its names, which a bundle of its CommonJS form does not have.
    alias: { '@opentelemetry/api': join(root, 'node_modules', '@opentelemetry', 'api', 'build', 'esm', 'index.js') },
    // CommonJS dependencies require Node's built-ins and name their own folder.
    banner: {
      js: `import { createRequire as __createRequire } from 'node:module'
const require = __createRequire(import.meta.url), __dirname = import.meta.dirname, __filename = import.meta.filename`,
    },
    legalComments: 'none',
    logLevel: 'warning',
  })
  return join(outdir, 'main.js')
}

/** `npx br` in the checkout: npm makes no link to a file that is built only after the install. */
function linkCli(entry: string): void {
  const link = join(root, 'node_modules', '.bin', 'br')
  rmSync(link, { force: true })
  if (process.platform === 'win32') writeFileSync(`${link}.cmd`, `@node "${entry}" %*\r\n`)
  else symlinkSync(relative(dirname(link), entry), link)
}

function buildSdk(): void {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', 'tsdown', 'dist', 'run.mjs')], { cwd: join(root, 'sdk'), stdio: 'inherit' })
  if (status !== 0) throw new Error('The SDK does not build; see above.')
}

function buildSite(): void {
  const { status } = spawnSync(process.execPath, ['--conditions=@buildrunner/source', join(import.meta.dirname, 'site.ts')], { stdio: 'inherit' })
  if (status !== 0) throw new Error('Documentation and console do not build; see above.')
}

if (import.meta.main) {
  const [, entry] = await Promise.all([buildApi(), buildCli()])
  linkCli(entry)
  if (!process.argv.includes('--local')) {
    buildSdk()
    buildSite()
  }
}
