/** What `client.audit` can do beside its operations. The code behind it is loaded when it is called first. */
import type { Client } from './client.ts'
import type { AuditReport } from './domain/audit/report.ts'
import type { AuditProgress, VerifyOptions } from './domain/audit/verify.ts'
import type { AuditChain } from './_generated/schema.ts'
import { Request } from './request.ts'

/** Options of `client.audit.verify()`. */
export interface VerifyAuditOptions {
  /**
   * Whose log.
   *
   * @defaultValue `'ORGANISATION'`
   */
  readonly chain?: AuditChain | undefined
  /**
   * Checkpoints that were kept from earlier reports (`report.pin`), one or several: the more there are, the narrower a rewriting
   * is located. Without one, the server's own word is all that the log is held against. A function is asked once it is known whose
   * log it is.
   */
  readonly pinned?: VerifyOptions['pinned']
  /** Told after each page. */
  readonly onProgress?: ((progress: AuditProgress) => void) | undefined
  /** Ends it; the error is an `AbortedError`. */
  readonly signal?: AbortSignal | undefined
}

/** Options of `client.audit.export()`. */
export interface ExportAuditOptions {
  /**
   * Whose log.
   *
   * @defaultValue `'ORGANISATION'`
   */
  readonly chain?: AuditChain | undefined
  /** Only records from this time on: ISO 8601. The export is then a partial one, with an inclusion proof for each record. */
  readonly from?: string | undefined
  /** Only records before this time: ISO 8601. */
  readonly to?: string | undefined
  /** Told after each page. */
  readonly onProgress?: ((progress: AuditProgress) => void) | undefined
  /** Ends it. */
  readonly signal?: AbortSignal | undefined
}

/** Of `client.audit`, beside its operations. */
export interface AuditTools {
  /**
   * Verifies the whole log: hashes what is stored again, and checks chain, Merkle tree, signature, commitments to personal data, and
   * the checkpoints that you pinned. Keep `report.pin`: only what you pinned yourself is proven without trusting the server.
   *
   * @remarks What is wrong with the log is in the report (`ok`, `findings`); `error` means that it could not be read.
   *
   * @example
   * ```ts
   * const { data: report, error } = await client.audit.verify({ pinned: pins })
   * if (report?.ok && report.pin) pins.push(report.pin)
   * for (const { kind, message } of report?.findings ?? []) console.error(kind, message)
   * ```
   */
  verify(options?: VerifyAuditOptions): Request<AuditReport>
  /**
   * The log up to its newest checkpoint as JSON Lines, in pieces of text. `verifyExport` of `@buildrunner/sdk/audit-log`, or
   * `br audit verify FILE`, proves it without a server.
   *
   * @throws BuildRunnerError when the log cannot be read; `NOT_FOUND` while it has no checkpoint
   *
   * @example
   * ```ts
   * for await (const text of client.audit.export()) process.stdout.write(text)
   * ```
   */
  export(options?: ExportAuditOptions): AsyncGenerator<string, void, undefined>
}

export const auditTools = (client: Client): AuditTools => ({
  verify: (options = {}) => new Request(async (signal) => (await import('./audit-log.ts')).verify(client, options, signal)),
  async *export(options = {}) {
    yield* (await import('./audit-log.ts')).exportLog(client, options)
  },
})
