/** Objects in an S3-compatible store. The client is loaded with the first object: most servers never write one. */
import type * as Sdk from '@aws-sdk/client-s3'
import type { ObjectStore } from '@buildrunner/schema/audit/ports'
import type { S3Location } from '../s3-url.ts'

/** The least that a store takes as a part that is not the last one. */
const PART_BYTES = 5 * 1024 * 1024
const CONTENT_TYPE = 'application/jsonl'

export interface S3Store extends ObjectStore {
  close(): void
}

export function createS3Store(location: S3Location): S3Store {
  let opened: Promise<{ sdk: typeof Sdk; client: Sdk.S3Client }> | undefined
  const open = () => (opened ??= import('@aws-sdk/client-s3').then((sdk) => ({ sdk, client: connect(sdk, location) })))
  return {
    async put(key, pieces) {
      const { sdk, client } = await open()
      const target = { Bucket: location.bucket, Key: location.prefix + key }
      await upload({ sdk, client, target }, pieces)
    },
    close: () => void opened?.then(({ client }) => client.destroy()),
  }
}

const connect = (sdk: typeof Sdk, { endpoint, region, credentials }: S3Location): Sdk.S3Client =>
  new sdk.S3Client({
    endpoint, region, ...(credentials && { credentials }), forcePathStyle: true, maxAttempts: 3,
    // stores other than Amazon's need not know the newer checksums
    requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED',
  })

interface Upload {
  readonly sdk: typeof Sdk
  readonly client: Sdk.S3Client
  readonly target: { readonly Bucket: string; readonly Key: string }
}

/** Holds one part in memory. What fits into one is sent as a whole. */
async function upload({ sdk, client, target }: Upload, pieces: AsyncIterable<string>): Promise<void> {
  const parts = partsOf(pieces)[Symbol.asyncIterator]()
  const first = await parts.next()
  const body = first.done === true ? Buffer.alloc(0) : first.value
  if (body.length < PART_BYTES) {
    await client.send(new sdk.PutObjectCommand({ ...target, Body: body, ContentType: CONTENT_TYPE }))
    return
  }
  const { UploadId } = await client.send(new sdk.CreateMultipartUploadCommand({ ...target, ContentType: CONTENT_TYPE }))
  try {
    const Parts: { PartNumber: number; ETag: string | undefined }[] = []
    for (let next: IteratorResult<Buffer> = first; next.done !== true; next = await parts.next()) {
      const PartNumber = Parts.length + 1
      const { ETag } = await client.send(new sdk.UploadPartCommand({ ...target, UploadId, PartNumber, Body: next.value }))
      Parts.push({ PartNumber, ETag })
    }
    await client.send(new sdk.CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }))
  } catch (error) {
    // parts of an upload that is given up would be paid for
    await client.send(new sdk.AbortMultipartUploadCommand({ ...target, UploadId })).catch(() => {})
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
