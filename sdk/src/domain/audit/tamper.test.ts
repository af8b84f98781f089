/** Every kind of tampering that this log is to withstand, on logs that a server might hold. */
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { StoredRecord } from './record.ts'
import type { AuditPin, AuditReport, FindingKind } from './report.ts'
import { ORGANISATION, OTHER, chained, newLog, newSigner, pinOf, verifyRecords } from './testing/log.ts'
import { verifyLog } from './verify.ts'

const SIZE = 12
const records = newLog(SIZE)
const signer = newSigner()
let signed: AuditPin
let early: AuditPin
beforeAll(async () => {
  signed = await pinOf(records, signer)
  early = await pinOf(records, signer, 5)
})

const found = ({ findings }: AuditReport): [FindingKind, number | undefined][] => findings.map(({ kind, sequence }) => [kind, sequence])
const verify = (given: readonly StoredRecord[], pinned: AuditPin[] = []): Promise<AuditReport> => verifyRecords(given, signed, { pinned })
const changed = (at: number, change: Partial<StoredRecord>, base: readonly StoredRecord[] = records): StoredRecord[] => base.map((record) => (record.sequence === at ? { ...record, ...change } : record))

test('a log that nobody touched is proven up to its checkpoint', async () => {
  expect(await verify(records)).toMatchObject({ ok: true, records: SIZE, verified: SIZE, pinned: 0, unproven: null, cutBefore: null, erased: 0, findings: [], pin: signed })
  expect(await verify(records, [early])).toMatchObject({ ok: true, verified: SIZE, pinned: 5, pin: signed })
})

test('what lies behind the newest checkpoint is unproven, not wrong', async () => {
  expect(await verifyRecords(records, early)).toMatchObject({ ok: true, records: SIZE, verified: 5, unproven: 6 })
  expect(await verifyRecords(records, null)).toMatchObject({ ok: true, verified: 0, unproven: 1, pin: null })
})

test('personal data that was erased leaves every proof as it was', async () => {
  const erased = changed(4, { personal: null, personalSalt: null })
  expect(await verify(erased, [early])).toMatchObject({ ok: true, verified: SIZE, pinned: 5, erased: 1 })
})

/** Another character of the same sort, so that the database would take it. */
const other = (char: string): string => (char === 'x' ? 'y' : 'x')
const flip = (value: string, at: number): string => value.slice(0, at) + other(value[at]!) + value.slice(at + 1)

const COLUMNS = Object.keys(records[0]!) as (keyof StoredRecord)[]
const PERSONAL = ['personal', 'personalSalt']

describe.each(COLUMNS)('one byte of %s', (column) => {
  test('changed in any record, at any place, is found and the record is named', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: SIZE }), fc.nat(), fc.boolean(), async (at, seed, hasPin) => {
      const record = records[at - 1]!
      const value = record[column]
      const altered = typeof value === 'number' ? value + 100 + (seed % 50) : flip(value!, seed % value!.length)
      const report = await verify(changed(at, { [column]: altered }), hasPin ? [early] : [])
      expect(report).toMatchObject({ ok: false, pin: null })
      const expected: FindingKind[] = PERSONAL.includes(column) ? ['personal-data-changed'] : column === 'chainHash' ? ['chain'] : column === 'sequence' ? ['missing', 'tail-cut'] : ['record-changed']
      // A record that says it stands elsewhere is missing where it stood.
      const names = report.findings.filter(({ kind }) => expected.includes(kind)).map(({ sequence, recordId }) => recordId ?? sequence)
      expect(names).toContain(column === 'sequence' ? at : column === 'id' ? altered : record.id)
    }), { numRuns: 60 })
  })

  test('emptied, or set to null, is found', async () => {
    const values = typeof records[0]![column] === 'number' ? [-1, 0, '7', null] : ['', null]
    for (const value of values) {
      const report = await verify(changed(7, { [column]: value }))
      expect(report.ok, `${column} = ${value}`).toBe(false)
      expect(report.findings.some(({ sequence, recordId }) => sequence === 7 || recordId === records[6]!.id || recordId === '')).toBe(true)
    }
  })
})

test('innocent neighbours are not blamed', async () => {
  expect(found(await verify(changed(7, { action: 'member.join' })))).toEqual([['record-changed', 7]])
  expect(found(await verify(changed(7, { chainHash: '0'.repeat(64) })))).toEqual([['chain', 7]])
  expect(found(await verify(changed(SIZE, { chainHash: '0'.repeat(64) })))).toEqual([['chain', SIZE]])
  expect(found(await verify(changed(SIZE, { action: 'x' })))).toEqual([['record-changed', SIZE]])
  expect(found(await verify(changed(8, { action: 'x' }, changed(7, { action: 'x' }))))).toEqual([['record-changed', 7], ['record-changed', 8]])
  expect(found(await verify(changed(8, { chainHash: 'no hash' }, changed(7, { chainHash: '1'.repeat(64) }))))).toEqual([['chain', 7], ['chain', 8]])
  expect(found(await verify(changed(3, { personal: '{}' })))).toEqual([['personal-data-changed', 3]])
})

test('a record that was deleted from the middle is missed by its number', async () => {
  expect(found(await verify(records.toSpliced(6, 1)))).toEqual([['missing', 7]])
  expect((await verify(records.toSpliced(6, 3))).findings).toMatchObject([{ kind: 'missing', sequence: 7, lastSequence: 9 }])
  // A pin before the gap still holds.
  expect(await verify(records.toSpliced(6, 1), [early])).toMatchObject({ verified: 5, pinned: 5 })
})

test('a record that was deleted, the rest renumbered, is found at its place', async () => {
  const report = await verify(records.toSpliced(6, 1).map((record, at) => ({ ...record, sequence: at + 1 })))
  expect(found(report)).toContainEqual(['tail-cut', SIZE])
  expect(report.findings.map(({ sequence }) => sequence)).toContain(7)
})

describe('a tail that was cut', () => {
  test.each([1, 5, SIZE])('by %i records is found against the checkpoint', async (count) => {
    const report = await verify(records.slice(0, SIZE - count))
    expect(report.findings).toMatchObject([{ kind: 'tail-cut', sequence: SIZE - count + 1, lastSequence: SIZE }])
  })

  test('with the checkpoint rolled back is found against the pin', async () => {
    const rolledBack = await pinOf(records, signer, 9)
    const report = await verifyRecords(records.slice(0, 9), rolledBack, { pinned: [signed] })
    expect(report.findings).toMatchObject([{ kind: 'tail-cut', sequence: 10, lastSequence: SIZE }])
    expect(await verifyRecords([], null, { pinned: [signed] })).toMatchObject({ findings: [{ kind: 'tail-cut', sequence: 1 }] })
  })
})

/** Rows whose places were exchanged: with their chain hashes, or without. */
function swapped(a: number, b: number, withChain: boolean): StoredRecord[] {
  const [first, second] = [records[a - 1]!, records[b - 1]!]
  const place = (row: StoredRecord, target: StoredRecord): StoredRecord => ({ ...row, sequence: target.sequence, chainHash: withChain ? row.chainHash : target.chainHash })
  return records.with(a - 1, place(second, first)).with(b - 1, place(first, second))
}

test('two rows that were swapped are both found, and nothing else', async () => {
  await fc.assert(fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: SIZE }), { minLength: 2, maxLength: 2 }), fc.boolean(), async (places, withChain) => {
    const [a, b] = places.toSorted((x, y) => x - y) as [number, number]
    const report = await verify(swapped(a, b, withChain))
    expect(report.findings).toMatchObject([{ kind: 'order', sequence: a, recordId: records[b - 1]!.id }, { kind: 'order', sequence: b, recordId: records[a - 1]!.id }])
  }))
})

test('rows that come in another order are found', async () => {
  const [seventh, eighth] = [records[6]!, records[7]!]
  expect(found(await verify(records.with(6, eighth).with(7, seventh)))).toEqual([['order', 7]])
})

test('a record that was inserted is found, wherever it is put', async () => {
  const forged = { ...records[6]!, id: '0199b1f2-0000-7000-8000-0000000f0f0f', action: 'member.remove' }
  for (const at of [6, 7]) {
    const report = await verify(records.toSpliced(at, 0, forged))
    expect(found(report)).toContainEqual(['order', 7])
  }
  const shifted = [...records.slice(0, 6), forged, ...records.slice(6).map((record) => ({ ...record, sequence: record.sequence + 1 }))]
  const report = await verify(shifted)
  expect(report.findings).toContainEqual(expect.objectContaining({ kind: 'record-changed', sequence: 7, recordId: forged.id }))
  expect(report.verified).toBe(0)
})

test('a record that was duplicated is found', async () => {
  expect((await verify(records.toSpliced(7, 0, records[6]!))).findings).toMatchObject([{ kind: 'order', sequence: 7, recordId: records[6]!.id }])
})

describe('a record that was moved between organisations', () => {
  const theirs = newLog(3, OTHER)

  test('is found where it is now, and missed where it was', async () => {
    // It brings a chain hash that record 8 does not follow from either.
    const moved = { ...theirs[0]!, sequence: 7 }
    expect(found(await verify(records.with(6, moved)))).toEqual([['foreign', 7], ['record-changed', 7], ['record-changed', 8]])
    expect(found(await verify(records.with(6, { ...moved, chainHash: records[6]!.chainHash })))).toEqual([['foreign', 7], ['record-changed', 7]])
    expect(found(await verify(records.with(6, { ...moved, chainHash: records[6]!.chainHash, organisationId: ORGANISATION })))).toEqual([['record-changed', 7]])
    expect(found(await verifyRecords(theirs.toSpliced(0, 1), await pinOf(theirs, signer, 3, OTHER), {}, OTHER))).toEqual([['missing', 1]])
  })

  test('with all others, under its own checkpoint, is found too', async () => {
    const report = await verifyRecords(theirs, await pinOf(theirs, signer, 3, OTHER))
    expect(report.findings.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['foreign']))
    expect(report.verified).toBe(0)
  })
})

describe('a chain that was rebuilt and signed with the server\'s own key', () => {
  const rewritten = (at: number): StoredRecord[] => chained(records.map((record) => (record.sequence === at ? { ...record, action: 'member.join' } : record)))

  test('is consistent in itself, and contradicts what was pinned', async () => {
    const forged = rewritten(3)
    const resigned = await pinOf(forged, signer)
    expect(await verifyRecords(forged, resigned)).toMatchObject({ ok: true, verified: SIZE, pinned: 0 })
    const report = await verifyRecords(forged, resigned, { pinned: [early] })
    expect(report.findings).toMatchObject([{ kind: 'rebuilt', sequence: 1, lastSequence: 5 }])
    expect(report.pinned).toBe(0)
  })

  test('is located between two pins', async () => {
    const forged = rewritten(7)
    const pins = await Promise.all([9, 2, 5, 10].map((size) => pinOf(records, signer, size)))
    const report = await verifyRecords(forged, await pinOf(forged, signer), { pinned: pins })
    expect(report.findings).toMatchObject([{ kind: 'rebuilt', sequence: 6, lastSequence: 9 }])
    expect(report.pinned).toBe(5)
  })

  test('behind the last pin is not provable, and said to be unproven', async () => {
    const forged = rewritten(7)
    expect(await verifyRecords(forged, await pinOf(forged, signer), { pinned: [early] })).toMatchObject({ ok: true, pinned: 5 })
  })

  test('but not signed again contradicts the checkpoint', async () => {
    expect((await verify(rewritten(7), [early])).findings).toMatchObject([{ kind: 'rebuilt', sequence: 6, lastSequence: SIZE }])
  })
})

describe('a checkpoint', () => {
  test('with a forged signature proves nothing', async () => {
    const forged = await pinOf(records, { key: signer.key, sign: newSigner().sign })
    const report = await verifyRecords(records, forged)
    expect(found(report)).toEqual([['signature', SIZE]])
    expect(report).toMatchObject({ verified: 0, unproven: 1, pin: null })
  })

  test('of a replaced key is refused against a pin, and one that both keys signed is taken', async () => {
    const next = newSigner('audit-2')
    expect(found(await verifyRecords(records, await pinOf(records, next), { pinned: [early] }))).toEqual([['key', SIZE]])
    expect(found(await verifyRecords(records, await pinOf(records, newSigner()), { pinned: [early] }))).toEqual([['key', SIZE]])
    const both = await pinOf(records, [signer, next])
    const report = await verifyRecords(records, both, { pinned: [early] })
    expect(report).toMatchObject({ ok: true, pin: both })
    expect(await verifyRecords(records, await pinOf(records, next), { pinned: [report.pin!] })).toMatchObject({ ok: true })
  })

  test('with any character changed is refused', async () => {
    await fc.assert(fc.asyncProperty(fc.nat(signed.note.length - 1), async (at) => {
      const note = flip(signed.note, at)
      const report = await verifyRecords(records, { ...signed, note })
      expect(report).toMatchObject({ ok: false, verified: 0 })
      expect(['signature', 'malformed', 'foreign']).toContain(report.findings[0]!.kind)
    }))
  })

  test('whose tree was edited by whoever holds the key is found', async () => {
    const report = await verifyRecords(records, await pinOf(records.with(3, { ...records[3]!, action: 'x' }), signer))
    expect(found(report)).toEqual([['root', SIZE]])
  })

  test('whose chain hash is not that of its tree is found', async () => {
    const report = await verifyRecords(records, await pinOf(records.with(SIZE - 1, { ...records[SIZE - 1]!, chainHash: '0'.repeat(64) }), signer))
    expect(found(report)).toEqual([['root', SIZE]])
  })

  test('that was pinned and then changed is found', async () => {
    expect(found(await verify(records, [{ ...early, note: early.note.replace('\n5\n', '\n6\n') }]))).toEqual([['signature', 6]])
    expect(found(await verify(records, [{ ...early, note: 'x' }]))).toEqual([['malformed', undefined]])
    expect(found(await verify(records, [await pinOf(newLog(2, OTHER), signer, 2, OTHER)]))).toEqual([['foreign', undefined]])
  })
})

test('values that a server should never send are findings, not crashes', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.oneof(fc.json(), fc.string(), fc.constant('{"record":{"sequence":2}}'), fc.constant('{"cut":{"sequence":1}}')), { minLength: 1, maxLength: 8 }), async (lines) => {
    const report = await verifyLog({ organisationId: ORGANISATION, note: signed.note, keys: signed.keys, lines: [lines] })
    expect(report.findings.filter(({ kind }) => kind === 'malformed')).toHaveLength(lines.length)
    expect(report.verified).toBe(0)
  }))
})

test('it can be watched and ended', async () => {
  const seen: unknown[] = []
  await verifyRecords(records, signed, { onProgress: (progress) => seen.push(progress) })
  expect(seen).toEqual([{ records: 6, total: SIZE }, { records: SIZE, total: SIZE }])
  const reason = new Error('enough')
  await expect(verifyRecords(records, signed, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
})
