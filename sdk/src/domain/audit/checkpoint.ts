/**
 * Signed checkpoints: the body of C2SP tlog-checkpoint (https://c2sp.org/tlog-checkpoint) in a signed note
 * (https://c2sp.org/signed-note) with Ed25519.
 *
 *     buildrunner.audit/<organisationId>
 *     <size>
 *     <root, base64>
 *     chain <chain hash of record `size`, hex>
 *     time <ISO 8601>
 *
 *     — <key name> <base64(4 bytes of key id || signature)>
 *
 * A note may carry several signatures. One by a key that the reader trusts is enough, which is how keys are replaced: for a while
 * the old and the new key both sign.
 */
import { HASH_BYTES, fromBase64, fromHex, sha256, toBase64, toHex, utf8 } from './hash.ts'

const ORIGIN = 'buildrunner.audit/'

/** What a checkpoint says. */
export interface Checkpoint {
  /** Whose log. */
  readonly organisationId: string
  /** Records up to it, which is the sequence of the last one. */
  readonly size: number
  /** Of the Merkle tree over their leaf hashes, hex. */
  readonly root: string
  /** Chain hash of the last one, hex; of an empty log, where the chain begins. */
  readonly chainHash: string
  /** When it was made: ISO 8601, UTC, with milliseconds. */
  readonly time: string
}

/** A public key that signs checkpoints. */
export interface AuditKey {
  /** Non-empty, without spaces and `+`. */
  readonly name: string
  /** The 32 bytes of the Ed25519 key, base64. */
  readonly publicKey: string
}

/** A signature line of a note. */
export interface NoteSignature {
  /** Of the key. */
  readonly name: string
  /** {@link keyId}, 4 bytes. */
  readonly keyId: Uint8Array<ArrayBuffer>
  /** Ed25519, 64 bytes. */
  readonly signature: Uint8Array<ArrayBuffer>
}

/** A note that was read, and not verified. */
export interface ParsedCheckpoint {
  /** What it says. */
  readonly checkpoint: Checkpoint
  /** What is signed. */
  readonly text: string
  /** Those that could be read, in their order. */
  readonly signatures: readonly NoteSignature[]
}

/** A note that is no signed checkpoint. */
export class CheckpointFormatError extends Error {
  override get name(): string {
    return 'CheckpointFormatError'
  }
}

/** What is signed: the lines of the checkpoint, each with its line feed. */
export const checkpointText = ({ organisationId, size, root, chainHash, time }: Checkpoint): string =>
  `${ORIGIN}${organisationId}\n${size}\n${toBase64(fromHex(root))}\nchain ${chainHash}\ntime ${time}\n`

/** Signs: 64 bytes of Ed25519 over the bytes of the text. */
export type SignNote = (text: Uint8Array<ArrayBuffer>) => Uint8Array | Promise<Uint8Array>

const KEY_ID_BYTES = 4
const PUBLIC_KEY_BYTES = 32
const SIGNATURE_BYTES = 64
/** Of the signed-note specification. */
const ED25519 = 0x01

/** The first 4 bytes of SHA-256(name || 0x0A || 0x01 || public key), as C2SP has it. */
export function keyId({ name, publicKey }: AuditKey): Uint8Array<ArrayBuffer> {
  return sha256(new Uint8Array([...utf8(name), 0x0a, ED25519, ...fromBase64(publicKey)])).slice(0, KEY_ID_BYTES)
}

/**
 * A note with the signature of each signer, in order.
 *
 * @example
 * ```ts
 * const note = await signCheckpoint(checkpoint, [{ key, sign: (text) => crypto.sign(null, text, privateKey) }])
 * ```
 */
export async function signCheckpoint(checkpoint: Checkpoint, signers: readonly { readonly key: AuditKey; readonly sign: SignNote }[]): Promise<string> {
  const text = checkpointText(checkpoint)
  const lines = await Promise.all(signers.map(async ({ key, sign }) => `— ${key.name} ${toBase64(new Uint8Array([...keyId(key), ...(await sign(utf8(text)))]))}\n`))
  return `${text}\n${lines.join('')}`
}

const BODY = /^buildrunner\.audit\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\nchain ([0-9a-f]{64})\ntime (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\n$/
const SIGNATURE = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u

/**
 * Reads a note. Only the one form that {@link signCheckpoint} writes is taken: a checkpoint has no second spelling.
 *
 * @throws CheckpointFormatError
 */
export function parseCheckpoint(note: string): ParsedCheckpoint {
  const split = note.indexOf('\n\n')
  const text = note.slice(0, split + 1)
  const [, organisationId, size, root, chainHash, time] = BODY.exec(text) ?? []
  if (split < 0 || organisationId === undefined) throw new CheckpointFormatError('this is no checkpoint of an audit log')
  if (!note.endsWith('\n')) throw new CheckpointFormatError('the checkpoint is cut: its last line has no end')
  const signatures = note.slice(split + 2, -1).split('\n').map(readSignature)
  return { checkpoint: { organisationId, size: Number(size), root: toHex(bytesOf(root!, HASH_BYTES)), chainHash: chainHash!, time: time! }, text, signatures }
}

function readSignature(line: string): NoteSignature {
  const [, name, value] = SIGNATURE.exec(line) ?? []
  if (name === undefined || value === undefined) throw new CheckpointFormatError('the checkpoint has a line that is no signature')
  const bytes = bytesOf(value)
  return { name, keyId: bytes.slice(0, KEY_ID_BYTES), signature: bytes.slice(KEY_ID_BYTES) }
}

function bytesOf(base64: string, length?: number): Uint8Array<ArrayBuffer> {
  try {
    const bytes = fromBase64(base64)
    if (length === undefined || bytes.length === length) return bytes
  } catch {
    // Said below.
  }
  throw new CheckpointFormatError('the checkpoint holds text that is no base64 of the right length')
}

/** Whether `value` is a key as this module means it. */
export function isAuditKey({ name, publicKey }: AuditKey): boolean {
  try {
    return /^[^\s+]+$/u.test(name) && fromBase64(publicKey).length === PUBLIC_KEY_BYTES
  } catch {
    return false
  }
}

/**
 * The keys whose signature on the note is right, of those given: an empty list when none is. Signatures by other keys are
 * passed over, as C2SP wants it; a wrong one in the name and id of a given key makes the whole note worthless.
 */
export async function verifyNote({ text, signatures }: ParsedCheckpoint, keys: readonly AuditKey[]): Promise<AuditKey[]> {
  const content = utf8(text)
  const good: AuditKey[] = []
  for (const key of keys) {
    const id = toHex(keyId(key))
    const own = signatures.filter((signature) => signature.name === key.name && toHex(signature.keyId) === id)
    for (const { signature } of own) if (!(await verifyEd25519(key, content, signature))) return []
    if (own.length > 0) good.push(key)
  }
  return good
}

async function verifyEd25519({ publicKey }: AuditKey, content: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>): Promise<boolean> {
  if (signature.length !== SIGNATURE_BYTES) return false
  const key = await crypto.subtle.importKey('raw', fromBase64(publicKey), 'Ed25519', false, ['verify'])
  return crypto.subtle.verify('Ed25519', key, signature, content)
}
