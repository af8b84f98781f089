/** A bucket of an S3-compatible store, as one address names it. */
export interface S3Location {
  /** Scheme, host and port. */
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  /** Ends with `/`, unless it is empty. */
  readonly prefix: string
  /** Absent: what the store's own environment variables, files or instance roles give. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
}

const EXAMPLE = 'https://KEY:SECRET@s3.eu-west-1.amazonaws.com/bucket/prefix?region=eu-west-1'
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

/** @throws Error that says what the value must be */
export function parseS3Url(value: string): S3Location {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const [bucket = '', ...prefix] = (url?.pathname ?? '').split('/').filter((part) => part !== '').map(decodeURIComponent)
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || !BUCKET.test(bucket)) throw new Error(`must be an address like ${EXAMPLE}`)
  if ((url.username === '') !== (url.password === '')) throw new Error(`needs both parts of the credentials, or none: ${EXAMPLE}`)
  return {
    endpoint: url.origin, bucket, prefix: prefix.map((part) => `${part}/`).join(''), region: url.searchParams.get('region') ?? 'us-east-1',
    ...(url.username !== '' && { credentials: { accessKeyId: decodeURIComponent(url.username), secretAccessKey: decodeURIComponent(url.password) } }),
  }
}
