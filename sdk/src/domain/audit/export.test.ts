import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { ExportFormatError, verifyExport, writeExport } from './export.ts'
import type { ExportEntry, ExportHeader } from './export.ts'
import { toHex, utf8 } from './hash.ts'
import { leafHash } from './record.ts'
import type { AuditPin, AuditReport } from './report.ts'
import { ORGANISATION, newLog, newSigner, pinOf } from './testing/log.ts'
import { CompactTree, inclusionProof } from './tree.ts'
import type { Hash } from './tree.ts'

const SIZE = 9
const records = newLog(SIZE)
const signer = newSigner()
const nodes = new Map<string, Hash>()
const tree = new CompactTree()
for (const record of records) tree.append(leafHash(record), (level, index, hash) => nodes.set(`${level}/${index}`, hash))
const proved = (sequence: number): ExportEntry => ({ record: records[sequence - 1]!, proof: inclusionProof(sequence - 1, SIZE, (level, index) => nodes.get(`${level}/${index}`)!) })
const cut = (sequence: number): ExportEntry => ({ sequence, leafHash: toHex(leafHash(records[sequence - 1]!)), chainHash: records[sequence - 1]!.chainHash })

let signed: AuditPin
let full: string
let partial: string
beforeAll(async () => {
  signed = await pinOf(records, signer)
  full = await print('full', [records.slice(0, 4), [], records.slice(4)])
  partial = await print('partial', [[proved(2), proved(5)], [proved(SIZE)]])
})

async function print(kind: ExportHeader['kind'], batches: ExportEntry[][]): Promise<string> {
  const texts: string[] = []
  for await (const text of writeExport({ kind, organisationId: ORGANISATION, keys: signed.keys, checkpoint: signed.note }, batches)) texts.push(text)
  return texts.join('')
}
const verify = (text: string | Uint8Array, pinned: AuditPin[] = []): Promise<AuditReport> => verifyExport([typeof text === 'string' ? utf8(text) : text], { pinned })
const kinds = ({ findings }: AuditReport): string[] => findings.map(({ kind, sequence }) => `${kind} ${sequence}`)

describe('a full export', () => {
  test('is proven without a server, in whatever pieces its bytes come', async () => {
    const bytes = utf8(full)
    await fc.assert(fc.asyncProperty(fc.array(fc.nat(bytes.length)), async (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length]
      const report = await verifyExport(places.slice(1).map((end, at) => bytes.subarray(places[at], end)))
      expect(report).toMatchObject({ ok: true, kind: 'full', organisationId: ORGANISATION, records: SIZE, verified: SIZE, unproven: null, pin: signed })
    }))
  })

  test('with any byte of any record changed is refused, and the record is named', async () => {
    const bytes = utf8(full)
    const ends = [...full.matchAll(/\n/g)].map(({ index }) => utf8(full.slice(0, index + 1)).length)
    await fc.assert(fc.asyncProperty(fc.integer({ min: ends[0]!, max: ends[SIZE]! - 1 }), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const report = await verify(bytes.with(at, bytes[at]! ^ by))
      const line = ends.findIndex((end) => at < end)
      expect(report.ok).toBe(false)
      // A byte that breaks the JSON itself leaves a line that tells neither number nor id: then its number is the one that is missed.
      const named = report.findings.map(({ sequence, lastSequence, recordId }) => recordId === records[line - 1]!.id || (sequence !== undefined && sequence <= line && line <= (lastSequence ?? sequence)))
      expect(named, JSON.stringify(report.findings)).toContain(true)
    }), { numRuns: 300 })
  })

  test('whose oldest records retention has cut proves the others, and old pins with them', async () => {
    const pins = [await pinOf(records, signer, 2), await pinOf(records, signer, 6)]
    const text = await print('full', [[cut(1), cut(2), cut(3)], records.slice(3)])
    expect(await verify(text, pins)).toMatchObject({ ok: true, cutBefore: 4, verified: SIZE, pinned: 6 })
    expect(kinds(await verify(await print('full', [[cut(1), { ...cut(2), leafHash: '0'.repeat(64) } as ExportEntry, cut(3)], records.slice(3)]), pins))).toEqual(['record-changed 2'])
    expect(kinds(await verify(await print('full', [records.slice(0, 4), [cut(5)], records.slice(5)])))).toEqual(['missing 5'])
  })

  test('that ends early, goes on behind its end, or miscounts is refused', async () => {
    const lines = full.trimEnd().split('\n')
    const without = (count: number): string => `${lines.slice(0, -count).join('\n')}\n`
    expect(kinds(await verify(without(1)))).toEqual(['tail-cut undefined'])
    expect(kinds(await verify(without(3)))).toEqual(['tail-cut 8', 'tail-cut undefined'])
    expect(kinds(await verify(`${full}{}\n`))).toEqual(expect.arrayContaining(['malformed undefined', 'tail-cut undefined']))
    expect(kinds(await verify(full.replace('"records":9', '"records":8')))).toEqual(['missing undefined'])
  })

  test('signed by keys that its own header brought does not pass a pin', async () => {
    const forger = newSigner('audit-1')
    const forged = await pinOf(records, forger)
    const text = full.replace(JSON.stringify(signed.note), JSON.stringify(forged.note)).replace(signer.key.publicKey, forger.key.publicKey)
    expect(await verify(text)).toMatchObject({ ok: true })
    expect(kinds(await verify(text, [await pinOf(records, signer, 3)]))).toEqual([`key ${SIZE}`])
  })
})

describe('a partial export', () => {
  test('proves the records that it has', async () => {
    expect(await verify(partial)).toMatchObject({ ok: true, kind: 'partial', records: 3, verified: SIZE, pinned: 0, unproven: null, pin: signed })
    expect(await verify(partial, [signed])).toMatchObject({ ok: true, pinned: SIZE })
    expect(await verify(partial, [await pinOf(records, signer, 2)])).toMatchObject({ ok: true, pinned: 0 })
  })

  test('with any byte of any record changed is refused', async () => {
    const bytes = utf8(partial)
    const start = utf8(partial.slice(0, partial.indexOf('\n') + 1)).length
    await fc.assert(fc.asyncProperty(fc.integer({ min: start, max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      expect((await verify(bytes.with(at, bytes[at]! ^ by))).ok).toBe(false)
    }), { numRuns: 300 })
  })

  test.each([
    ['its place', '"sequence":5', '"sequence":6', 'proof 6'],
    ['its content', '"requestId":"req-5"', '"requestId":"req-6"', 'proof 5'],
    ['its personal data', '192.0.2.5', '192.0.2.6', 'personal-data-changed 5'],
    ['its proof', '"proof":["', '"proof":["0000', 'malformed 2'],
  ])('names the record when %s was changed', async (_, from, to, finding) => expect(kinds(await verify(partial.replace(from, to)))).toEqual([finding]))

  test('of another log, or of a log that was written anew, is refused', async () => {
    const other = await pinOf(newLog(SIZE).map((record) => ({ ...record, action: 'x' })), signer)
    expect(kinds(await verify(partial, [other]))).toEqual(['rebuilt 1'])
    const lines = partial.trimEnd().split('\n')
    expect(kinds(await verify(`${[lines[0], lines[2], lines[1], ...lines.slice(3)].join('\n')}\n`))).toEqual(['order 2'])
    expect(kinds(await verify(`${lines.toSpliced(2, 1).join('\n')}\n`))).toEqual(['missing undefined'])
  })
})

test.each([
  ['an empty file', ''],
  ['no JSON', 'hello\nworld\n'],
  ['null', 'null\n'],
  ['another JSON', '{"version":1}\n'],
  ['a newer format', '{"type":"header","format":2,"kind":"full"}\n'],
  ['a header without keys', '{"type":"header","format":1,"kind":"full","organisationId":"x","checkpoint":"y"}\n'],
  ['keys that are none', '{"type":"header","format":1,"kind":"full","organisationId":"x","checkpoint":"y","keys":[null]}\n'],
])('%s is no export', async (_, text) => {
  await expect(verify(text)).rejects.toThrow(ExportFormatError)
})
