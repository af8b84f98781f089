/** The server process: starts, tells how to use it, stops in order. Signals and exit codes are its business alone. */
import { join, relative } from 'node:path'
import { performance } from 'node:perf_hooks'
import packageJson from '../package.json' with { type: 'json' }
import { EXIT_CODES, StartupError, type ExitCode } from './exit-codes.ts'
import { createProgress, seconds } from './progress.ts'
import { startServer, type Started } from './startup.ts'

const root = join(import.meta.dirname, '..', '..')
const progress = createProgress(process.stdout)
const closers: (() => Promise<void>)[] = []
let started: Started | undefined
let stopping: { since: number } | undefined

/** Undoes the start, last first: HTTP drains, then the database goes. Ends the process. */
async function stop(code: ExitCode, message?: string): Promise<void> {
  if (stopping) return
  stopping = { since: performance.now() }
  progress.end()
  if (message) console.log(message)
  try {
    for (const close of closers.splice(0).reverse()) await close()
    process.exit(code)
  } catch (error) {
    report(error)
    process.exit(code || EXIT_CODES.unexpected)
  }
}

/** From the terminal one Ctrl-C comes twice: to the group, and passed on by npm. A later one is meant. */
const SAME_SIGNAL_MS = 500

function onSignal(): void {
  if (!stopping) return void stop(EXIT_CODES.ok, '\nStopping; once more to stop at once.')
  if (performance.now() - stopping.since < SAME_SIGNAL_MS) return
  started?.http.server.closeAllConnections()
  if (performance.now() - stopping.since > 3_000) process.exit(130) // the next start adopts the database
}

function report(error: unknown): void {
  progress.end()
  if (error instanceof StartupError) console.error(`\n✗ ${error.message}\n  ${error.remedy.replaceAll('\n', '\n  ')}`)
  else if (started) started.logger.fatal({ err: error }, 'The server fails')
  else console.error('\n✗ An unexpected error. Please report it:\n', error)
}

function fail(error: unknown): void {
  if (stopping) return // what is torn down under a start that was interrupted
  report(error)
  void stop(error instanceof StartupError ? error.exitCode : EXIT_CODES.unexpected)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
process.on('disconnect', onSignal) // of `npm start`, when that was killed
process.on('uncaughtException', fail)
process.on('unhandledRejection', fail)

const startedAt = performance.now()
try {
  started = await startServer({
    environment: process.env, root, version: packageJson.version,
    onProgress: (message) => progress.step(message),
    onStarted: (closer) => closers.push(closer),
    onLost: fail,
  })
  progress.end()
  announce(started)
} catch (error) {
  fail(error)
}

function announce({ apiUrl, graphqlUrl, local, firstRun, config }: Started): void {
  const localFile = relative(process.cwd(), join(config.dataDir, 'local.json'))
  console.log(`\nBuildRunner is ready at ${apiUrl} (${seconds(startedAt)})`)
  if (!firstRun || !local) return console.log(`Console ${apiUrl}/console/${local ? `, key in ${localFile}` : ''}`)
  console.log(`
  Documentation  ${apiUrl}
  Console        ${apiUrl}/console/
  Playground     ${graphqlUrl}
  API key        ${local.apiKey}

The key is shown this once; ${localFile} keeps it. Try in a second terminal:

  npx br projects list      the demo project: the plan of this repository
  npx br plan next          what can be worked on now, and why
  npx br sync --dry-run     what a sync of plan.json would do

Ctrl-C stops everything.`)
}
