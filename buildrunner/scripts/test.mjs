/** `npm test [-- <vitest arguments>]`: prepares the checkout, then runs the tests in Node 24. */
import { spawn } from 'node:child_process'
import { delimiter, dirname, join } from 'node:path'
import { fail, node, prepare, root } from './prepare.mjs'

await prepare().catch(fail)
// Documentation and console, for the tests that come last. What goes wrong is told by them: they build it again, and show it.
const site = spawn(node, ['--conditions=@buildrunner/source', join(root, 'buildrunner', 'scripts', 'site.ts'), '--if-changed'], { cwd: root, stdio: 'ignore' })
const vitest = spawn(node, [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...process.argv.slice(2)], {
  cwd: root, stdio: 'inherit',
  // the bundles are there and new: a server and a `br` that tests start from them need a third of the time
  env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}`, BUILDRUNNER_TEST_BUNDLES: '1' },
})
process.on('SIGINT', () => {}) // of the terminal: vitest gets it too and cleans up
process.on('SIGTERM', () => vitest.kill('SIGTERM'))
vitest.on('exit', (code) => {
  site.kill()
  process.exit(code ?? 1)
})
