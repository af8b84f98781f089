/** Reading the whole audit log through the API, to verify it and to export it. Loaded when it is first needed. */
import { audit_keys, audit_log } from './_generated/operations/audit.ts'
import type { AuditKeysData, AuditLogData } from './_generated/audit.ts'
import type { Outcome } from './answer.ts'
import type { ExportAuditOptions, VerifyAuditOptions } from './audit.ts'
import { call } from './call.ts'
import type { Client } from './client.ts'
import { parseCheckpoint } from './domain/audit/checkpoint.ts'
import type { AuditKey } from './domain/audit/checkpoint.ts'
import { writeExport } from './domain/audit/export.ts'
import type { ProvedRecord } from './domain/audit/export.ts'
import { fromHex } from './domain/audit/hash.ts'
import { cutLine, recordLine } from './domain/audit/line.ts'
import { leafHash } from './domain/audit/record.ts'
import type { CutRecord, StoredRecord } from './domain/audit/record.ts'
import { CompactTree, inclusionProof } from './domain/audit/tree.ts'
import type { Hash } from './domain/audit/tree.ts'
import { verifyLog } from './domain/audit/verify.ts'
import { AbortedError, errorOf } from './errors.ts'

const PAGE = 1_000

type Entry = StoredRecord | CutRecord

interface Log {
  readonly organisationId: string
  /** Of the first page: what was written since lies behind it. */
  readonly note: string | null
  readonly keys: readonly AuditKey[]
  /** Records in the order of their sequence, those that were cut among them. */
  readonly pages: AsyncIterable<readonly Entry[]>
}

type Reading = Pick<VerifyAuditOptions, 'chain' | 'signal'>

async function open(client: Client, { chain = 'ORGANISATION', signal }: Reading): Promise<Log> {
  const ask = (since: number): Promise<AuditLogData> => call<AuditLogData>(client, audit_log, { chain, since, first: PAGE }, { signal }).orThrow()
  const [first, keys] = await Promise.all([ask(0), call<AuditKeysData>(client, audit_keys, {}, { signal }).orThrow()])
  const note = first.checkpoint?.note ?? null
  return { organisationId: first.organisationId, note, keys, pages: pagesFrom(first, first.checkpoint?.size ?? 0, ask) }
}

/** Up to the first empty page behind the checkpoint: a page inside it is empty when its records were deleted. */
async function* pagesFrom(first: AuditLogData, size: number, ask: (since: number) => Promise<AuditLogData>): AsyncGenerator<readonly Entry[]> {
  let page = first
  for (let since = 0; ; page = await ask(since)) {
    const entries = [...page.cut, ...page.records].sort((a, b) => a.sequence - b.sequence)
    if (entries.length > 0) yield entries
    else if (since >= size) return
    since += PAGE
  }
}

const lineOf = (entry: Entry): string => ('id' in entry ? recordLine(entry) : cutLine(entry))

/** @param cancelled - Of the request. */
export async function verify(client: Client, { chain, pinned, onProgress, signal }: VerifyAuditOptions, cancelled: AbortSignal): Promise<Outcome> {
  const either = signal === undefined ? cancelled : AbortSignal.any([cancelled, signal])
  const log = await open(client, { chain, signal: either })
  const lines = (async function* () {
    for await (const page of log.pages) yield page.map(lineOf)
  })()
  const data = await verifyLog({ ...log, lines }, { pinned, onProgress, signal: either }).catch((reason: unknown) => {
    throw either.aborted && reason === either.reason ? new AbortedError({ code: 'ABORTED', message: 'The verification was ended.', cause: reason }) : reason
  })
  return { data }
}

export async function* exportLog(client: Client, options: ExportAuditOptions): AsyncGenerator<string, void, undefined> {
  const { organisationId, note, keys, pages } = await open(client, options)
  if (note === null) throw errorOf({ code: 'NOT_FOUND', message: 'The log has no checkpoint yet: there is nothing to prove an export against. Try again in a second.' })
  const { size } = parseCheckpoint(note).checkpoint
  const sealed = upTo(size, pages, options.onProgress)
  const isPartial = options.from !== undefined || options.to !== undefined
  const header = { organisationId, keys, checkpoint: note, kind: isPartial ? 'partial' : 'full' } as const
  yield* writeExport(header, isPartial ? [await proved(size, sealed, options)] : sealed)
}

/** The pages without what lies behind the checkpoint. */
async function* upTo(size: number, pages: AsyncIterable<readonly Entry[]>, onProgress: ExportAuditOptions['onProgress']): AsyncGenerator<readonly Entry[]> {
  let records = 0
  for await (const page of pages) {
    const within = page.filter(({ sequence }) => sequence <= size)
    records += within.length
    yield within
    onProgress?.({ records, total: size })
    if (within.length < page.length) return
  }
}

/** The records of a time with their proofs, from the leaves of all of them. */
async function proved(size: number, pages: AsyncIterable<readonly Entry[]>, { from, to }: ExportAuditOptions): Promise<ProvedRecord[]> {
  const [start, end] = [from === undefined ? -Infinity : Date.parse(from), to === undefined ? Infinity : Date.parse(to)]
  const nodes = new Map<string, Hash>()
  const tree = new CompactTree()
  const chosen: StoredRecord[] = []
  for await (const page of pages) {
    for (const entry of page) {
      if (entry.sequence !== tree.size + 1) throw errorOf({ code: 'BAD_RESPONSE', message: `Record ${tree.size + 1} of the log is missing, so that nothing behind it can be proven. Verify the log.` })
      tree.append('id' in entry ? leafHash(entry) : fromHex(entry.leafHash), (level, index, hash) => nodes.set(`${level}/${index}`, hash))
      if ('id' in entry && Date.parse(entry.createdAt) >= start && Date.parse(entry.createdAt) < end) chosen.push(entry)
    }
  }
  return chosen.map((record) => ({ record, proof: inclusionProof(record.sequence - 1, size, (level, index) => nodes.get(`${level}/${index}`)!) }))
}
