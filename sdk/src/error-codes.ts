/**
 * What the codes mean that are the SDK's own; the server's are `ERROR_CODES` in `schema/src/shared/errors.ts`. Nothing in the SDK reads
 * this: the documentation is made of it, and `error-codes.test.ts` holds it equal to what the sources throw.
 */
import type { WebhookErrorCode } from './webhooks/error.ts'

interface ClientCode {
  /** In one line. */
  readonly meaning: string
  /** The class it arrives as. */
  readonly class: string
}

const code = (name: string, meaning: string): ClientCode => ({ class: name, meaning })

const WEBHOOK_CODES: Readonly<Record<WebhookErrorCode, ClientCode>> = {
  WEBHOOK_SECRET_INVALID: code('WebhookError', "The receiver's secret is none: it begins with `whsec_` and is base64."),
  WEBHOOK_BODY_NOT_RAW: code('WebhookError', 'The body was parsed before it was verified; give the raw bytes or text.'),
  WEBHOOK_OPTION_INVALID: code('WebhookError', 'An option of the receiver is wrong.'),
  WEBHOOK_HEADER_MISSING: code('WebhookError', 'A header of Standard Webhooks is absent: this is no delivery.'),
  WEBHOOK_TIMESTAMP_INVALID: code('WebhookError', 'The timestamp of the delivery is no number.'),
  WEBHOOK_TIMESTAMP_TOO_OLD: code('WebhookError', 'The delivery is older than the tolerance: a replay, or a clock that is wrong.'),
  WEBHOOK_TIMESTAMP_TOO_NEW: code('WebhookError', 'The delivery is from the future: a clock is wrong.'),
  WEBHOOK_SIGNATURE_INVALID: code('WebhookError', 'The signature does not have the form of one.'),
  WEBHOOK_SIGNATURE_MISMATCH: code('WebhookError', 'It was signed with another secret, or something between changed the body.'),
  WEBHOOK_PAYLOAD_INVALID: code('WebhookError', 'The delivery is signed, but holds no event.'),
}

/** @internal */
export const CLIENT_CODES: Readonly<Record<string, ClientCode>> = {
  INVALID_CONFIGURATION: code('ConfigurationError', 'An option of the client or a `BUILDRUNNER_*` variable is wrong. Nothing was sent.'),
  NETWORK: code('NetworkError', 'No answer arrived: the server is not running, or the way to it is closed.'),
  TIMEOUT: code('TimeoutError', 'The call did not end within `timeoutMs`, retries included. Whether a mutation was carried out is not known.'),
  ABORTED: code('AbortedError', "The caller's signal, or `cancel()`, ended the call."),
  BAD_RESPONSE: code('ResponseError', 'What answered is not a BuildRunner server, or something between changed the answer.'),
  CIRCUIT_OPEN: code('CircuitOpenError', 'What was called has failed too often in a row, and is left alone for a while. Nothing was sent.'),
  HISTORY_GAP: code('BuildRunnerError', 'The server keeps the events between two pages no longer. Read the plan again.'),
  UNEXPECTED: code('BuildRunnerError', 'What was thrown is no error of BuildRunner: a fault of the program, which should be reported.'),
  UNKNOWN: code('BuildRunnerError', 'The server answered an error without a code, or one of a shape that this version does not know.'),
  LOCKED: code('FileError', 'Another process works on the file.'),
  LOCK_LOST: code('FileError', 'The lock on the file was taken away while it was worked on. Nothing was written.'),
  NOT_WRITABLE: code('FileError', 'The file cannot be replaced. The old content is untouched.'),
  STORE_CLOSED: code('OfflineStoreError', 'The offline store is closed.'),
  STORE_CORRUPT: code('OfflineStoreError', 'What the offline store keeps was damaged, and not by an interrupted write.'),
  STORE_FULL: code('OfflineStoreError', 'The disk, or the space that the browser gives a site, is used up. The store holds what it held before.'),
  STORE_STALE: code('StaleStoreError', 'Another tab or process wrote to the offline store since it was read.'),
  STORE_TOO_NEW: code('OfflineStoreError', 'A newer version of the SDK wrote the offline store.'),
  STORE_UNAVAILABLE: code('OfflineStoreError', 'The folder or database of the offline store cannot be read or written.'),
  ...WEBHOOK_CODES,
}
