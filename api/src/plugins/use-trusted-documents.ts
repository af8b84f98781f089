/**
 * Trusted documents: a request may name a document of the SDK's catalogue instead of sending it, as `documentId` (appendix A of
 * the GraphQL-over-HTTP draft, "Persisted Documents"). An id is
 *
 * - `<manifest>.<operation>`, a "custom document identifier" (no colon, only unreserved characters of RFC 3986): one of the
 *   current catalogue, or of a release in `schema/releases/<version>/documents.json`, so that older SDKs go on working;
 * - `sha256:<hex>` of the text, which the draft asks servers to support, for clients that hash.
 *
 * A trusted document is parsed and validated once in the life of the process, its cost is counted once for each page size, and
 * the limits for what strangers write are not applied to it. A document that is sent as text is the same document when no byte
 * differs.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Actor, Context } from '@buildrunner/schema/context'
import { createCosts } from '@buildrunner/schema/cost'
import { may } from '@buildrunner/schema/shared/permissions'
import { GraphQLError, parse, validate } from 'graphql'
import type { DocumentNode, ExecutionArgs, GraphQLSchema } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import current from '../../../sdk/documents.json' with { type: 'json' }
import type { ServerContext } from '../context.ts'
import { StartupError } from '../exit-codes.ts'

/** `optional`: text is executed as well. `only`: text is executed for keys with the scope `graphql.text` or `*`. */
export type TrustedDocumentsMode = 'optional' | 'only'

export interface Manifest {
  readonly id: string
  readonly documents: Readonly<Record<string, string>>
}

export interface TrustedDocumentsOptions {
  readonly schema: GraphQLSchema
  readonly mode?: TrustedDocumentsMode | undefined
  /** The folder of the releases' manifests; it may be absent. */
  readonly releases?: string | undefined
}

/** What a request says of its document. */
export interface DocumentRequest {
  readonly documentId?: unknown
  readonly query?: string | null | undefined
}

export interface TrustedDocuments {
  /** The text behind an id. */
  resolve(id: string): string | undefined
  /** The parsed document of a trusted text, always the same object; nothing for any other text. */
  documentOf(text: string): DocumentNode | undefined
  /** Whether `documentOf` gave it: it is valid then. */
  isTrusted(document: DocumentNode): boolean
  /** Whether it is trusted, and its cost with these variables is known to be within the limits. */
  isCosted(document: DocumentNode, variables: Readonly<Record<string, unknown>>): boolean
  /**
   * The text to execute; nothing when the request has none. `maySendText` is asked only where it matters.
   *
   * @throws GraphQLError `DOCUMENT_UNKNOWN`, or `DOCUMENT_NOT_TRUSTED` for text that may not be sent
   */
  select(request: DocumentRequest, maySendText: () => Promise<boolean>): string | undefined | Promise<string>
}

export function createTrustedDocuments({ schema, mode = 'optional', releases }: TrustedDocumentsOptions): TrustedDocuments {
  const ids = new Map<string, string>()
  for (const { id, documents } of [...readReleases(releases), current]) {
    for (const [name, text] of Object.entries(documents)) {
      ids.set(`${id}.${name}`, text)
      ids.set(`sha256:${createHash('sha256').update(text).digest('hex')}`, text)
    }
  }
  const texts = new Set(ids.values())
  const parsed = new Map<string, DocumentNode | undefined>()
  const trusted = new WeakSet<DocumentNode>()
  const costs = createCosts(schema)

  function documentOf(text: string): DocumentNode | undefined {
    if (!parsed.has(text) && texts.has(text)) {
      const document = parse(text)
      // One of an old release may no longer fit the schema: it is refused like any other text, with what is wrong.
      const valid = validate(schema, document).length === 0
      if (valid) trusted.add(document)
      parsed.set(text, valid ? document : undefined)
    }
    return parsed.get(text)
  }

  return {
    resolve: (id) => ids.get(id),
    documentOf,
    isTrusted: (document) => trusted.has(document),
    isCosted: (document, variables) => trusted.has(document) && costs.isWithinLimits(document, variables),
    select({ documentId, query }, maySendText) {
      if (documentId === undefined || documentId === null) {
        if (mode === 'optional' || !query || texts.has(query)) return query ?? undefined
        return maySendText().then((allowed) => (allowed ? query : refuse('DOCUMENT_NOT_TRUSTED', NOT_TRUSTED)))
      }
      const text = typeof documentId === 'string' ? ids.get(documentId) : undefined
      return text ?? refuse('DOCUMENT_UNKNOWN', `This server does not know the document ${JSON.stringify(documentId)}. ${UNKNOWN_REMEDY}`)
    },
  }
}

const NOT_TRUSTED = 'This server executes the operations of the SDK only. Use a method of the SDK, or a key with the scope graphql.text.'
const UNKNOWN_REMEDY = 'Update the server, or let the SDK send the text: new BuildRunnerSDK({ documents }), from @buildrunner/sdk/documents.'

function refuse(code: 'DOCUMENT_UNKNOWN' | 'DOCUMENT_NOT_TRUSTED', message: string): never {
  throw new GraphQLError(message, { extensions: { code, http: { spec: true, status: code === 'DOCUMENT_UNKNOWN' ? 400 : 403 } } })
}

/** @throws StartupError naming a manifest that cannot be used */
function readReleases(folder: string | undefined): Manifest[] {
  if (folder === undefined || !existsSync(folder)) return []
  const files = readdirSync(folder).map((version) => join(folder, version, 'documents.json')).filter((file) => existsSync(file))
  return files.map((file) => {
    try {
      return checkManifest(JSON.parse(readFileSync(file, 'utf8')))
    } catch (cause) {
      throw new StartupError('configuration', `${file} is no manifest of documents: ${(cause as Error).message}`, 'Restore the file from the repository.', { cause })
    }
  })
}

function checkManifest(value: unknown): Manifest {
  const { id, documents } = (value ?? {}) as Partial<Manifest>
  const texts = Object.values(documents ?? {})
  if (typeof id !== 'string' || texts.length === 0 || texts.some((text) => typeof text !== 'string')) throw new Error('it must hold an id, and texts by the names of operations')
  return { id, documents: documents as Manifest['documents'] }
}

/** Whether a key may have text executed where only trusted documents are. */
export const mayExecuteText = (actor: Actor | null): boolean => actor !== null && may(actor, 'graphql.text')

function noteCost(documents: TrustedDocuments, { document, variableValues, contextValue }: ExecutionArgs): undefined {
  if (documents.isCosted(document, variableValues ?? {})) (contextValue as Context).costed = true
}

export const useTrustedDocuments = (documents: TrustedDocuments, maySendText: (context: ServerContext) => Promise<boolean>): Plugin => ({
  onParams({ params, setParams, context }) {
    if (typeof params !== 'object' || params === null) return
    const { documentId, ...rest } = params as typeof params & { documentId?: unknown }
    const selected = documents.select({ documentId, query: rest.query }, () => maySendText(context as unknown as ServerContext))
    if (selected instanceof Promise) return selected.then(() => undefined)
    if (selected !== undefined && selected !== rest.query) setParams({ ...rest, query: selected })
  },
  onParse({ params: { source }, setParsedDocument }) {
    const document = documents.documentOf(source.toString())
    if (document !== undefined) setParsedDocument(document)
  },
  onValidate({ params: { documentAST }, setResult }) {
    if (documents.isTrusted(documentAST)) setResult([])
  },
  onExecute: ({ args }) => noteCost(documents, args as ExecutionArgs),
  onSubscribe: ({ args }) => noteCost(documents, args as ExecutionArgs),
})
