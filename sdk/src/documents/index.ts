/**
 * The texts of the catalogue's operations, for servers that do not know them by their ids.
 *
 * @remarks The client sends ids, which the server of this release or a later one knows. Give the texts to a client that may
 * meet an older server: it sends the text when the server answers `DOCUMENT_UNKNOWN`.
 *
 * @example
 * ```ts
 * import { BuildRunnerSDK } from '@buildrunner/sdk'
 * import { documents } from '@buildrunner/sdk/documents'
 *
 * const client = new BuildRunnerSDK({ documents })
 * ```
 *
 * @packageDocumentation
 */
export { documents } from '../_generated/documents.ts'
