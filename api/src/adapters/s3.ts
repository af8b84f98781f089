/** Objects in an S3-compatible store. The client is loaded with the first object: most servers never write one. */
import type * as Sdk from '@aws-sdk/client-s3'
import type { ObjectStore } from '@buildrunner/schema/audit/ports'
import { DEFAULT_SYNC_BACKOFF, retry } from '@buildrunner/sdk/resilience'
import type { BackoffPolicy } from '@buildrunner/sdk/resilience'
import type { S3Location } from '../s3-url.ts'

/** The least that a store takes as a part that is not the last one. */
const PART_BYTES = 5 * 1024 * 1024
const CONTENT_TYPE = 'application/jsonl'

export interface S3Store extends ObjectStore {
  close(): void
}

/** @param backoff when a request that fails in passing is sent again; default: what the policy of a fresh checkout says */
export function createS3Store(location: S3Location, backoff: BackoffPolicy = DEFAULT_SYNC_BACKOFF): S3Store {
  let opened: Promise<{ sdk: typeof Sdk; client: Sdk.S3Client }> | undefined
  const open = () => (opened ??= import('@aws-sdk/client-s3').then((sdk) => ({ sdk, client: connect(sdk, location) })))
  return {
    async put(key, pieces) {
      const { sdk, client } = await open()
      const target = { Bucket: location.bucket, Key: location.prefix + key }
      const send = ((command: never) => retry(() => client.send(command), backoff, { isPassing })) as Sdk.S3Client['send']
      await upload({ sdk, send, target }, pieces)
    },
    close: () => void opened?.then(({ client }) => client.destroy()),
  }
}

const connect = (sdk: typeof Sdk, { endpoint, region, credentials }: S3Location): Sdk.S3Client =>
  new sdk.S3Client({
    endpoint, region, ...(credentials && { credentials }), forcePathStyle: true, maxAttempts: 1,
    // stores other than Amazon's need not know the newer checksums
    requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED',
  })

/** No answer, or one that says: not now. */
const isPassing = (error: unknown): boolean => {
  const { httpStatusCode: status = 503 } = (error as { $metadata?: { httpStatusCode?: number } }).$metadata ?? {}
  return status >= 500 || status === 429
}

interface Upload {
  readonly sdk: typeof Sdk
  readonly send: Sdk.S3Client['send']
  readonly target: { readonly Bucket: string; readonly Key: string }
}

/** Holds one part in memory. What fits into one is sent as a whole. */
async function upload({ sdk, send, target }: Upload, pieces: AsyncIterable<string>): Promise<void> {
  const parts = partsOf(pieces)[Symbol.asyncIterator]()
  const first = await parts.next()
  const body = first.done === true ? Buffer.alloc(0) : first.value
  if (body.length < PART_BYTES) {
    await send(new sdk.PutObjectCommand({ ...target, Body: body, ContentType: CONTENT_TYPE }))
    return
  }
  const { UploadId } = await send(new sdk.CreateMultipartUploadCommand({ ...target, ContentType: CONTENT_TYPE }))
  try {
    const Parts: { PartNumber: number; ETag: string | undefined }[] = []
    for (let next: IteratorResult<Buffer> = first; next.done !== true; next = await parts.next()) {
      const PartNumber = Parts.length + 1
      const { ETag } = await send(new sdk.UploadPartCommand({ ...target, UploadId, PartNumber, Body: next.value }))
      Parts.push({ PartNumber, ETag })
    }
    await send(new sdk.CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }))
  } catch (error) {
    // parts of an upload that is given up would be paid for
    await send(new sdk.AbortMultipartUploadCommand({ ...target, UploadId })).catch(() => {})
    throw error
  }
}

async function* partsOf(pieces: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let size = 0
  for await (const piece of pieces) {
    const bytes = Buffer.from(piece)
    held.push(bytes)
    size += bytes.length
    if (size < PART_BYTES) continue
    yield Buffer.concat(held)
    held = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(held)
}
