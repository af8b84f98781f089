/**
 * `npm start`: prepares the checkout and runs the server in Node 24. Needs nothing installed but Node 20 and npm.
 * `npm run dev` (`--dev`) runs it from the sources and restarts it when one of them changes.
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { SERVER_FLAGS, fail, node, prepare, root } from './prepare.mjs'

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`✗ This is Node ${process.versions.node}; BuildRunner needs Node 20 or newer to install Node 24.`)
  process.exit(17)
}
process.on('SIGINT', interrupt)
process.on('SIGTERM', interrupt)
process.on('SIGHUP', interrupt)

/** @type {import('node:child_process').ChildProcess | undefined} */
let server
await prepare().catch(fail)

// The channel tells the server when we are gone, however that came.
const program = process.argv.includes('--dev')
  ? ['--watch', '--watch-preserve-output', '--conditions=@buildrunner/source', join(root, 'api', 'src', 'main.ts')]
  : [join(root, 'api', 'dist', 'main.js')]
server = spawn(node, [...SERVER_FLAGS, ...program], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...process.env, NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node') },
})
// Documentation and console take a minute, once after a change: the server does not wait for them, and says so at their address.
const site = spawn(node, ['--conditions=@buildrunner/source', join(root, 'buildrunner', 'scripts', 'site.ts'), '--if-changed'], { stdio: ['ignore', 'inherit', 'inherit'] })
server.on('exit', (code, signal) => {
  site.kill()
  process.exit(code ?? 128 + constants.signals[signal ?? 'SIGKILL'])
})
if (process.env.npm_lifecycle_event) stopWithNpm()

/** The server stops in its own time and decides how we end. Before it runs, there is nothing to stop but us. */
function interrupt(/** @type {NodeJS.Signals} */ signal) {
  if (server) server.kill(signal)
  else process.exit(130)
}

/** npm killed outright passes nothing on; but its children, of which we or our shell are one, are handed to another parent. */
function stopWithNpm() {
  const before = ancestors()
  setInterval(() => { if (ancestors() !== before) server?.kill('SIGTERM') }, 500).unref()
}

function ancestors() {
  try {
    const [, grandparent] = /^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${process.ppid}/stat`, 'latin1')) ?? []
    return `${process.ppid} ${grandparent}`
  } catch {
    return String(process.ppid) // where there is no /proc, the shell makes room for us
  }
}
