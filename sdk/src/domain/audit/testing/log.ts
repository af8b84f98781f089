/** Logs to verify and to tamper with, as a server would have written them. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { chainStart, nextChainHash } from '../chain.ts'
import { signCheckpoint } from '../checkpoint.ts'
import type { AuditKey, SignNote } from '../checkpoint.ts'
import { toHex } from '../hash.ts'
import { recordLine } from '../line.ts'
import { leafHash, personalCommitment } from '../record.ts'
import type { HashedRecord, StoredRecord } from '../record.ts'
import type { AuditPin, AuditReport } from '../report.ts'
import { CompactTree } from '../tree.ts'
import { verifyLog } from '../verify.ts'
import type { VerifyOptions } from '../verify.ts'

export const ORGANISATION = '0199b1f2-0000-7000-8000-0000000000aa'
export const OTHER = '0199b1f2-0000-7000-8000-0000000000bb'

export interface Signer {
  key: AuditKey
  sign: SignNote
}

export function newSigner(name = 'audit-1'): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url').toString('base64')
  return { key: { name, publicKey: raw }, sign: (text) => sign(null, text, privateKey) }
}

const SALT = '00112233445566778899aabbccddeeff'

/** Unchained: what stands in a record, personal data included. */
export type Content = Omit<StoredRecord, 'sequence' | 'chainHash' | 'personalCommitment'>

export const contentOf = (at: number, organisationId = ORGANISATION): Content => ({
  id: `0199b1f2-0000-7000-8000-${String(at).padStart(12, '0')}`, organisationId, actorId: '0199b1f2-0000-7000-8000-00000000ac70', impersonatorId: '0199b1f2-0000-7000-8000-00000000ac71',
  action: 'member.role', version: 1, targetType: 'Member', targetId: '0199b1f2-0000-7000-8000-00000000ac72', beforeDigest: 'b'.repeat(64), afterDigest: 'a'.repeat(64),
  details: `{"role":"QA","name":"Ada \\"é\\" ${at}"}`, requestId: `req-${at}`, origin: 'cli/0.1.0', createdAt: `2026-11-22T09:00:00.${String(at % 1000).padStart(3, '0')}Z`,
  personal: `{"address":"192.0.2.${at % 256}"}`, personalSalt: SALT,
})

/** Gives records their places, chain hashes and commitments. */
export function chained(contents: readonly Content[], organisationId = ORGANISATION): StoredRecord[] {
  let chain = chainStart(organisationId)
  return contents.map((content, at) => {
    const { personal, personalSalt } = content
    const commitment = personal === null || personalSalt === null ? null : personalCommitment(personalSalt, personal)
    const record: HashedRecord & Content = { ...content, sequence: at + 1, personalCommitment: commitment }
    chain = nextChainHash(chain, leafHash(record))
    return { ...record, chainHash: toHex(chain) }
  })
}

export const newLog = (count: number, organisationId = ORGANISATION): StoredRecord[] =>
  chained(Array.from({ length: count }, (_, at) => contentOf(at + 1, organisationId)), organisationId)

/** The signed checkpoint over the first `size` records. */
export async function pinOf(records: readonly StoredRecord[], signer: Signer | readonly Signer[], size = records.length, organisationId = ORGANISATION): Promise<AuditPin> {
  const tree = new CompactTree()
  for (const record of records.slice(0, size)) tree.append(leafHash(record))
  const chainHash = size === 0 ? toHex(chainStart(organisationId)) : records[size - 1]!.chainHash
  const signers = [signer].flat()
  const checkpoint = { organisationId, size, root: toHex(tree.root()), chainHash, time: '2026-11-22T10:00:00.000Z' }
  return { note: await signCheckpoint(checkpoint, signers), keys: signers.map(({ key }) => key) }
}

/** Verifies records as they would come from a server, in two batches. */
export function verifyRecords(records: readonly StoredRecord[], signed: AuditPin | null, options: VerifyOptions = {}, organisationId = ORGANISATION): Promise<AuditReport> {
  const lines = records.map(recordLine)
  const half = Math.ceil(lines.length / 2)
  return verifyLog({ organisationId, note: signed?.note ?? null, keys: signed?.keys ?? [], lines: [lines.slice(0, half), lines.slice(half)] }, options)
}
