/**
 * The entry `@buildrunner/sdk/audit-log`: what an audit log is made of (canonical records, hash chain, Merkle tree, signed
 * checkpoints), exports of it, and their verification. It needs no server, no Node and no client.
 *
 * @module
 */
export { chainStart, nextChainHash } from './chain.ts'
export { CheckpointFormatError, checkpointText, isAuditKey, keyId, parseCheckpoint, signCheckpoint, verifyNote } from './checkpoint.ts'
export type { AuditKey, Checkpoint, NoteSignature, ParsedCheckpoint, SignNote } from './checkpoint.ts'
export { EXPORT_FORMAT, ExportFormatError, verifyExport, writeExport } from './export.ts'
export type { ExportEntry, ExportHeader, ProvedRecord } from './export.ts'
export { fromHex, sha256, toHex } from './hash.ts'
export { cutLine, provedLine, recordLine } from './line.ts'
export { PLATFORM_ID, RECORD_FORMAT, canonicalRecord, leafHash, leafHashOf, personalCommitment } from './record.ts'
export type { CutRecord, HashedRecord, StoredRecord } from './record.ts'
export type { AuditPin, AuditReport, Finding, FindingKind } from './report.ts'
export { CompactTree, EMPTY_ROOT, consistencyProof, hashChildren, inclusionProof, nodesFor, rootOf, verifyConsistency, verifyInclusion } from './tree.ts'
export type { Consistency, Hash, Inclusion, NodeSource } from './tree.ts'
export { newestPin, verifyLog } from './verify.ts'
export type { AuditProgress, LogSource, VerifyOptions } from './verify.ts'
