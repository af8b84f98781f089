/**
 * Which commands and addresses of a plan a person has agreed to, so that no plan runs anything only because it was cloned or pulled:
 * `$XDG_CONFIG_HOME/buildrunner/trust.json`, mode 0600, by the real path of the plan file. What is not listed there is asked about.
 */
import { canonicalJson } from '@buildrunner/sdk/quality'
import { withLock, writeFileAtomic } from '@buildrunner/sdk/offline/files'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import path from 'node:path'
import { credentialsFile } from '../server/credentials.ts'
import type { Target } from './targets.ts'

/** Something that a plan makes this computer do. */
export interface Permit {
  readonly item: string
  readonly criterion: string
  readonly kind: 'command' | 'http'
  /** The command, or the address. */
  readonly what: string
  /** Where the command runs. */
  readonly cwd?: string
  /** The secrets that it gets to see. */
  readonly env?: readonly string[]
}

/** What has to be agreed to: commands run, and requests go out. Looking at files of the repository harms nobody. */
export const permitsOf = (targets: readonly Target[]): Permit[] =>
  targets.flatMap(({ item, criterion, check }): Permit[] => {
    if (check.kind === 'http') return [{ item, criterion, kind: 'http', what: check.url }]
    if (check.kind !== 'command') return []
    const { run, cwd, env } = check
    return [{ item, criterion, kind: 'command', what: run, ...(cwd !== undefined && { cwd }), ...(env !== undefined && { env }) }]
  })

/** What is agreed to does not depend on the criterion that asks for it. */
const identityOf = ({ kind, what, cwd, env }: Permit): string => canonicalJson({ kind, what, cwd, env })

/** Names all that a plan does: `sha256:` and 64 hex digits. */
export function trustDigest(permits: readonly Permit[]): string {
  const identities = [...new Set(permits.map(identityOf))].sort()
  return `sha256:${createHash('sha256').update(identities.join('\n')).digest('hex')}`
}

/** Something not agreed to, and what stood in its place when the plan was agreed to. */
export interface Untrusted {
  readonly permit: Permit
  readonly before?: Permit
}

/** @param trusted what was agreed to */
export function untrustedOf(permits: readonly Permit[], trusted: readonly Permit[]): Untrusted[] {
  const known = new Set(trusted.map(identityOf))
  const byPlace = new Map(trusted.map((permit) => [JSON.stringify([permit.item, permit.criterion]), permit]))
  return permits.flatMap((permit) => {
    if (known.has(identityOf(permit))) return []
    const before = byPlace.get(JSON.stringify([permit.item, permit.criterion]))
    return [{ permit, ...(before && { before }) }]
  })
}

type Store = Record<string, { trustedAt: string; permits: Permit[] }>

const trustFile = (env: NodeJS.ProcessEnv): string => path.join(path.dirname(credentialsFile(env)), 'trust.json')

/** What cannot be understood is taken for nothing: then everything is asked about again. */
function readStore(env: NodeJS.ProcessEnv): Store {
  try {
    const { plans } = JSON.parse(fs.readFileSync(trustFile(env), 'utf8')) as { plans?: unknown }
    if (typeof plans !== 'object' || plans === null) return {}
    return Object.fromEntries(Object.entries(plans).filter(([, entry]) => Array.isArray((entry as { permits?: unknown } | null)?.permits))) as Store
  } catch {
    return {}
  }
}

/** What was agreed to of the plan in this file. */
export const trustedPermits = (env: NodeJS.ProcessEnv, planFile: string): readonly Permit[] => readStore(env)[fs.realpathSync(planFile)]?.permits ?? []

/** Agrees to just these; nothing takes all trust away. */
export async function storeTrust(env: NodeJS.ProcessEnv, planFile: string, permits: readonly Permit[] | undefined): Promise<void> {
  const file = trustFile(env)
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  await withLock(`${file}.lock`, (lock) => {
    const plans = readStore(env)
    const key = fs.realpathSync(planFile)
    delete plans[key]
    if (permits !== undefined) plans[key] = { trustedAt: new Date().toISOString(), permits: [...permits] }
    lock.assertHeld()
    if (fs.existsSync(file)) fs.chmodSync(file, 0o600)
    writeFileAtomic(file, `${JSON.stringify({ plans }, null, 2)}\n`, { mode: 0o600 })
  })
}
