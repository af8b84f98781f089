/**
 * Verifying an export of 100,000 records without a server (layout, leaf, chain, tree, personal commitment, signature) against
 * hashing its lines once with SHA-256. Both begin with the bytes of the file in memory, in pieces as a stream would bring them.
 */
import { generateKeyPairSync, hash, sign } from 'node:crypto'
import { chainStart, nextChainHash } from '../src/domain/audit/chain.ts'
import { signCheckpoint } from '../src/domain/audit/checkpoint.ts'
import { verifyExport, writeExport } from '../src/domain/audit/export.ts'
import { sha256Text, toHex } from '../src/domain/audit/hash.ts'
import { leafHash, personalCommitment } from '../src/domain/audit/record.ts'
import type { HashedRecord, StoredRecord } from '../src/domain/audit/record.ts'
import { CompactTree } from '../src/domain/audit/tree.ts'
import type { BenchResult } from './result.ts'

const RECORDS = 100_000
const ROUNDS = 9
const BAR = 3
const PIECE = 64 * 1024
const ORGANISATION = '0199b1f2-0000-7000-8000-0000000000aa'

const uuid = (at: number): string => `0199b1f2-0000-7000-8000-${at.toString(16).padStart(12, '0')}`

/** Records as the API leaves them: a write to a plan by a person, through the CLI. */
function* log(): Generator<StoredRecord> {
  let chain = chainStart(ORGANISATION)
  for (let at = 1; at <= RECORDS; at++) {
    const personal = JSON.stringify({ address: `192.0.2.${at % 256}` })
    const personalSalt = toHex(sha256Text(`salt ${at}`)).slice(0, 32)
    const record: HashedRecord = {
      id: uuid(at), organisationId: ORGANISATION, sequence: at, actorId: uuid(at % 50), impersonatorId: null, action: 'plan.apply', version: 1, targetType: 'Project', targetId: uuid(at % 20),
      beforeDigest: toHex(sha256Text(`before ${at}`)), afterDigest: toHex(sha256Text(`after ${at}`)), details: JSON.stringify({ changes: at % 7, kind: 'microstep.status' }),
      requestId: uuid(at * 3), origin: 'cli/0.1.0', createdAt: new Date(1_795_000_000_000 + at * 977).toISOString(), personalCommitment: personalCommitment(personalSalt, personal),
    }
    chain = nextChainHash(chain, leafHash(record))
    yield { ...record, chainHash: toHex(chain), personal, personalSalt }
  }
}

async function writeLog(): Promise<Buffer> {
  const records = [...log()]
  const tree = new CompactTree()
  for (const record of records) tree.append(leafHash(record))
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = { name: 'audit-1', publicKey: Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url').toString('base64') }
  const checkpoint = { organisationId: ORGANISATION, size: RECORDS, root: toHex(tree.root()), chainHash: records.at(-1)!.chainHash, time: '2026-11-22T10:00:00.000Z' }
  const note = await signCheckpoint(checkpoint, [{ key, sign: (text) => sign(null, text, privateKey) }])
  const texts: string[] = []
  for await (const text of writeExport({ kind: 'full', organisationId: ORGANISATION, keys: [key], checkpoint: note }, [records])) texts.push(text)
  return Buffer.from(texts.join(''))
}

function hashLines(file: Buffer): void {
  for (let start = 0, end = file.indexOf(10); end >= 0; start = end + 1, end = file.indexOf(10, start)) hash('sha256', file.subarray(start, end))
}

async function cpuOf(run: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await run()
  const used = process.cpuUsage(before)
  return (used.user + used.system) / 1000
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

export default async function auditVerifyBench(): Promise<BenchResult[]> {
  const file = await writeLog()
  const pieces = Array.from({ length: Math.ceil(file.length / PIECE) }, (_, at) => file.subarray(at * PIECE, (at + 1) * PIECE))
  const verify = async (): Promise<void> => {
    const { ok, verified } = await verifyExport(pieces)
    if (!ok || verified !== RECORDS) throw new Error('the export is not proven')
  }
  const costs = { ours: [] as number[], baseline: [] as number[] }
  for (let round = -2; round < ROUNDS; round++) {
    const [baseline, ours] = [await cpuOf(() => hashLines(file)), await cpuOf(verify)]
    // The first rounds warm up.
    if (round < 0) continue
    costs.ours.push(ours)
    costs.baseline.push(baseline)
  }
  const [ours, baseline] = [median(costs.ours), median(costs.baseline)]
  return [{
    what: `verify an audit export of ${RECORDS} records`,
    baseline: 'SHA-256 of each line',
    ratio: ours / baseline,
    bar: BAR,
    detail: `${ours.toFixed(0)} ms against ${baseline.toFixed(0)} ms of CPU; ${(file.length / RECORDS).toFixed(0)} bytes a line`,
  }]
}
