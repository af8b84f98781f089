/** Runs the real server in a process of its own: from its bundle under `npm test`, which makes one, else from its sources. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const API = join(import.meta.dirname, '..', '..')
const MAIN = process.env.BUILDRUNNER_TEST_BUNDLES ? [join(API, 'dist', 'main.js')] : ['--conditions=@buildrunner/source', join(API, 'src', 'main.ts')]
/** Compiling the same code for each start would be most of the time. */
const CACHE = join(API, '..', 'node_modules', '.cache', 'node')

export interface ServerProcess {
  process: ChildProcess
  /** Everything printed so far, on stdout and stderr. */
  output(): string
  /** Resolves when `text` was printed; rejects when the process ends without. */
  printed(text: string): Promise<void>
  /** The address that it says it is ready at. */
  ready(): Promise<string>
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | string>
}

/** Listens on a free port. The environment holds nothing of ours but `variables`. */
export function runServer(variables: Record<string, string>): ServerProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(BUILDRUNNER_|DATABASE_|REDIS_|PORT$|HOST$|LOG_LEVEL$)/.test(name))
  const child = spawn(process.execPath, MAIN, {
    env: { ...Object.fromEntries(inherited), NODE_COMPILE_CACHE: CACHE, PORT: '0', ...variables }, stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let news = Promise.withResolvers<void>()
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    news.resolve()
    news = Promise.withResolvers<void>()
  })
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string)
  const printed = async (text: string): Promise<void> => {
    let over = false
    void ended.then(() => { over = true })
    while (!output.includes(text)) {
      if (over) throw new Error(`The server ended without printing ${JSON.stringify(text)}:\n${output}`)
      await Promise.race([ended, news.promise])
    }
  }
  return {
    process: child, output: () => output, printed, ended,
    async ready() {
      await printed('BuildRunner is ready at ')
      return /ready at (\S+)/.exec(output)?.[1] ?? ''
    },
  }
}
