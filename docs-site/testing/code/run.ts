/**
 * Runs the blocks of a page as its reader would: in order, in a folder of its own, with `br` on the path and an organisation of its own on a
 * started server. The words of a fence say what is expected; CONTRIBUTING lists them.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isTypeScript, moduleOf } from './compile.ts'
import { blocksOf, placeOf } from './pages.ts'
import type { Block, Page } from './pages.ts'

/** Where a page is run. */
export interface Place {
  /** Fresh and empty. */
  readonly folder: string
  readonly baseUrl: string
  readonly apiKey: string
  /** Of everything that is started. */
  readonly environment: Readonly<Record<string, string>>
}

interface Ended { readonly code: number | null; readonly output: string }
interface Running { stop(): Promise<void> }

/** The longest that one block may take: all of them print something long before. */
const LIMIT_MS = 60_000

const has = ({ meta }: Block, ...words: string[]): boolean => words.some((word) => meta.has(word))
/** A step of a page: what a block is to the runner. */
const isStep = (block: Block): boolean =>
  !has(block, 'skip', 'from', 'signature', 'excerpt') && (block.language === 'bash' || has(block, 'title', 'output') || isTypeScript(block))

export const hasSteps = (page: Page): boolean => blocksOf(page).some((block) => isStep(block) && (block.language === 'bash' || isTypeScript(block)))

const filledIn = (text: string, { baseUrl, apiKey }: Place): string => text.replaceAll('http://127.0.0.1:4000', baseUrl).replaceAll('your-api-key', apiKey)

/** Where the shell is and its variables go from one block to the next. */
function script(text: string, state: string): string {
  const resume = existsSync(state) ? `. ${JSON.stringify(state)}\n` : ''
  return `${resume}trap '{ export -p; echo "cd \\"$PWD\\""; } > ${JSON.stringify(state)}' EXIT\nset -aeuo pipefail\n${text}`
}

/** Both outputs go through one pipe: what is printed is seen in the order that a terminal would show it in. */
function start(text: string, place: Place, until?: string): Promise<Ended & Running> {
  const child = spawn('bash', ['-c', `exec 2>&1\n${text}`], { cwd: place.folder, env: place.environment, stdio: ['ignore', 'pipe', 'ignore'], detached: true })
  let output = ''
  const ended = new Promise<number | null>((resolve, reject) => void child.once('error', reject).once('close', (code) => resolve(code)))
  const signal = (name: NodeJS.Signals): void => {
    try {
      process.kill(-child.pid!, name)
    } catch {
      // its whole group has ended
    }
  }
  const stop = async (): Promise<void> => {
    signal('SIGINT')
    const timer = setTimeout(signal, 5_000, 'SIGKILL')
    await ended
    clearTimeout(timer)
  }
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal('SIGKILL')
      reject(new Error(`It went on for ${LIMIT_MS / 1000} s${until === undefined ? '' : ` without printing ${JSON.stringify(until)}`}:\n${output}`))
    }, LIMIT_MS)
    const done = (code: number | null): void => {
      clearTimeout(timer)
      resolve({ code, output, stop })
    }
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      if (until !== undefined && output.includes(until)) done(null)
    })
    ended.then(done, reject)
  })
}

/** An expected output as a pattern: `[...]` stands for anything. */
function patternOf(expected: string): RegExp {
  const escaped = expected.trimEnd().replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\\[\\.\\.\\.\\]', '[\\s\\S]*?')
  return new RegExp(`(?:^|\\n)${escaped}(?:\\n|$)`)
}

const asSeen = (output: string): string => output.split('\n').map((line) => line.trimEnd()).join('\n')

/** Runs what a block says. @throws Error when it does not end as it should */
async function execute(block: Block, place: Place, running: Running[]): Promise<string> {
  const text = filledIn(block.text, place)
  const until = block.meta.get('until')
  const ended = await start(isTypeScript(block) ? programOf(block, text, place) : script(text, join(place.folder, '..', 'shell-state')), place, until)
  if (until !== undefined && ended.code === null) {
    running.push(ended)
    return ended.output
  }
  const expected = Number(block.meta.get('exit') ?? 0)
  if (ended.code !== expected) throw new Error(`It ended with ${ended.code}, not ${expected}:\n${ended.output}`)
  if (until !== undefined && !ended.output.includes(until)) throw new Error(`It ended without printing ${JSON.stringify(until)}:\n${ended.output}`)
  return ended.output
}

function programOf(block: Block, text: string, { folder }: Place): string {
  const file = join(folder, `.line-${block.line}.ts`)
  writeFileSync(file, moduleOf(text))
  return `exec ${JSON.stringify(process.execPath)} ${JSON.stringify(file)}`
}

async function step(block: Block, place: Place, { running, last }: { running: Running[]; last: string }): Promise<string> {
  if (block.meta.has('output')) {
    const pattern = patternOf(filledIn(block.text, place))
    if (!pattern.test(asSeen(last))) throw new Error(`This was not printed:\n${block.text}\nbut this:\n${last}`)
    return last
  }
  const title = block.meta.get('title')
  if (title === undefined) return execute(block, place, running)
  const state = join(place.folder, '..', 'shell-state')
  const folder = existsSync(state) ? (/^cd "(.*)"$/m.exec(readFileSync(state, 'utf8'))?.[1] ?? place.folder) : place.folder
  const file = join(folder, title)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, isTypeScript(block) ? moduleOf(filledIn(block.text, place)) : filledIn(block.text, place))
  return last
}

/** Runs a page. @throws Error that names the block at fault */
export async function runPage(page: Page, place: Place): Promise<void> {
  const running: Running[] = []
  let last = ''
  try {
    for (const block of blocksOf(page).filter(isStep)) {
      try {
        last = await step(block, place, { running, last })
      } catch (error) {
        throw new Error(`${placeOf(block)}: ${(error as Error).message}`, { cause: error })
      }
    }
  } finally {
    await Promise.all(running.map(({ stop }) => stop()))
  }
}
