/**
 * The entry `@buildrunner/sdk/audit-log`: what an audit log is made of (canonical records, hash chain, Merkle tree, signed
 * checkpoints). It needs no server, no Node and no client.
 *
 * @module
 */
export { chainStart, nextChainHash } from './chain.ts'
export { CheckpointFormatError, checkpointText, isAuditKey, keyId, parseCheckpoint, signCheckpoint, verifyNote } from './checkpoint.ts'
export type { AuditKey, Checkpoint, NoteSignature, ParsedCheckpoint, SignNote } from './checkpoint.ts'
export { fromHex, sha256, toHex } from './hash.ts'
export { PLATFORM_ID, RECORD_FORMAT, canonicalRecord, leafHash, leafHashOf, personalCommitment } from './record.ts'
export type { CutRecord, HashedRecord, StoredRecord } from './record.ts'
export { CompactTree, EMPTY_ROOT, consistencyProof, hashChildren, inclusionProof, nodesFor, rootOf, verifyConsistency, verifyInclusion } from './tree.ts'
export type { Consistency, Hash, Inclusion, NodeSource } from './tree.ts'
