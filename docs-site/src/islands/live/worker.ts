/** Runs a reader's code with the real SDK, apart from the page: what it does ends with the worker. */
import { documents } from '@buildrunner/sdk/documents'
import type { Report, Start } from './messages.ts'
import { entries } from './entries.ts'
import { printed } from './printed.ts'
import { bridgeTo, importsOf, moduleOf } from './source.ts'

const scope = globalThis as unknown as { buildrunnerEntries: Record<string, object>; process: object; onmessage: (event: MessageEvent<Start>) => void; postMessage: (report: Report) => void }
const report = (message: Report): void => scope.postMessage(message)

scope.onmessage = ({ data }) => void run(data)

async function run({ code, connection, allowWrites }: Start): Promise<void> {
  scope.process = { env: { BUILDRUNNER_API_KEY: connection.key, BUILDRUNNER_BASE_URL: connection.server, BUILDRUNNER_PROJECT_ID: connection.project }, argv: [] }
  for (const level of ['log', 'warn', 'error'] as const) console[level] = (...values: unknown[]) => report({ kind: 'print', level, text: values.map(printed).join(' ') })
  console.info = console.debug = console.log
  if (!allowWrites) guardWrites()
  try {
    const urls = await resolveAll(importsOf(code))
    const text = moduleOf(code, connection, (specifier) => urls.get(specifier) ?? specifier)
    await import(/* @vite-ignore */ asModule(text))
    report({ kind: 'done' })
  } catch (error) {
    const { code: of } = error as { code?: unknown }
    report({ kind: 'failed', message: printed(error), code: typeof of === 'string' ? of : undefined })
  }
}

const asModule = (text: string): string => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))

/** Loads what the code imports; each entry becomes a module that gives it on, so that the code is one as in a program of one's own. */
async function resolveAll(specifiers: readonly string[]): Promise<ReadonlyMap<string, string>> {
  scope.buildrunnerEntries = {}
  const loaded = specifiers.map(async (specifier) => {
    const load = entries[specifier]
    if (load === undefined) throw new Error(`${specifier} is not here: a sample in the browser can import the entries of @buildrunner/sdk that need no files.`)
    const module = await load()
    scope.buildrunnerEntries[specifier] = module
    return [specifier, asModule(bridgeTo(specifier, Object.keys(module)))] as const
  })
  return new Map(await Promise.all(loaded))
}

/** A request that would change something ends the run. */
function guardWrites(): void {
  const send = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    if (isWrite(new Request(input, init).method, init?.body)) {
      report({ kind: 'read-only' })
      return new Promise<Response>(() => undefined) // the page ends the worker
    }
    return send(input, init)
  }
}

function isWrite(method: string, body: unknown): boolean {
  if (method === 'GET' || method === 'HEAD') return false
  if (typeof body !== 'string') return true
  try {
    const { documentId, query } = JSON.parse(body) as { documentId?: string; query?: string }
    const text = query ?? (documents as Readonly<Record<string, string>>)[documentId?.split('.')[1] ?? '']
    return text === undefined || /^\s*mutation\b/m.test(text)
  } catch {
    return true
  }
}
