/**
 * Checkpoints that were verified here: `$XDG_STATE_HOME/buildrunner/audit/<server and organisation>.json`, one file a log. What they
 * prove is proven without trusting the server, and the more there are, the narrower a rewriting is located; so old ones are kept,
 * thinned out where they lie dense.
 */
import { parseCheckpoint, type AuditPin } from '@buildrunner/sdk/audit-log'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { failure, systemCode } from '../../core/errors.ts'
import { reasonOf, withLock, writeFileAtomic } from '@buildrunner/sdk/offline/files'
import { t } from '../../text/text.ts'

const MOST_PINS = 64

const pinFolder = (env: NodeJS.ProcessEnv): string => {
  const base = env.XDG_STATE_HOME !== undefined && path.isAbsolute(env.XDG_STATE_HOME) ? env.XDG_STATE_HOME : path.join(env.HOME ?? homedir(), '.local', 'state')
  return path.join(base, 'buildrunner', 'audit')
}

/** The file of pins for an organisation's log on a server. */
export function pinFile(env: NodeJS.ProcessEnv, baseUrl: string, organisationId: string): string {
  const server = `${new URL(baseUrl).host.replace(/[^\w.-]/g, '_')}-${createHash('sha256').update(baseUrl).digest('hex').slice(0, 8)}`
  return path.join(pinFolder(env), `${server}-${fileNameOf(organisationId)}.json`)
}

/** Every pin of an organisation's log, from whatever server: what a file is held against. */
export function pinsOf(env: NodeJS.ProcessEnv, organisationId: string): AuditPin[] {
  const folder = pinFolder(env)
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : []
  return names.filter((name) => name.endsWith(`-${fileNameOf(organisationId)}.json`)).flatMap((name) => readPins(path.join(folder, name)))
}

/** The id comes from a server or a file. */
const fileNameOf = (organisationId: string): string => organisationId.replace(/[^\w-]/g, '_')

/** The pins of a file; none where there is no file. @throws PIN_UNREADABLE rather than taking a broken file for "nothing pinned" */
export function readPins(file: string): AuditPin[] {
  let text: string
  try {
    text = fs.readFileSync(file, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw failure('PIN_UNREADABLE', { path: file, reason: reasonOf(error) }, { cause: error })
  }
  const pins = parsePins(text)
  if (pins === undefined) throw failure('PIN_UNREADABLE', { path: file, reason: t('it is not in the form that br writes') })
  return pins
}

function parsePins(text: string): AuditPin[] | undefined {
  try {
    const pins = (JSON.parse(text) as { pins?: unknown } | null)?.pins
    return Array.isArray(pins) && pins.every(isPin) ? pins : undefined
  } catch {
    return undefined
  }
}

const isPin = (pin: Partial<AuditPin> | null): pin is AuditPin => {
  const isKey = (key: { name?: unknown; publicKey?: unknown } | null): boolean => typeof key?.name === 'string' && typeof key.publicKey === 'string'
  return typeof pin?.note === 'string' && Array.isArray(pin.keys) && pin.keys.every(isKey)
}

const sizeOf = ({ note }: AuditPin): number => parseCheckpoint(note).checkpoint.size

/** Adds a pin that was verified against all of the file. */
export async function addPin(file: string, pin: AuditPin): Promise<void> {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  await withLock(`${file}.lock`, (lock) => {
    const others = readPins(file).filter((known) => sizeOf(known) !== sizeOf(pin))
    const pins = thin([...others, pin].sort((a, b) => sizeOf(a) - sizeOf(b)))
    lock.assertHeld()
    writeFileAtomic(file, `${JSON.stringify({ pins }, null, 2)}\n`, { mode: 0o600 })
  })
}

/** Without the pins between the closest neighbours, while there are too many; the newest always stays. */
export function thin(pins: readonly AuditPin[]): AuditPin[] {
  const kept = [...pins]
  while (kept.length > MOST_PINS) {
    const sizes = [0, ...kept.map(sizeOf)]
    const spans = kept.slice(0, -1).map((_, at) => sizes[at + 2]! - sizes[at]!)
    kept.splice(spans.indexOf(Math.min(...spans)), 1)
  }
  return kept
}
