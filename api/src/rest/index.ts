/** The REST facade as the server mounts it: the catalogue's operations under `/api/...`, and their OpenAPI document. */
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { schema } from '@buildrunner/schema'
import type { Logger } from 'pino'
import documents from '../../../sdk/documents.json' with { type: 'json' }
import type { Yoga } from './execute.ts'
import { createRest } from './handler.ts'
import type { Rest } from './handler.ts'
import { readOperations } from './operations.ts'
import { ROUTES } from './routes.ts'

/** Every operation of the current catalogue. */
export const OPERATIONS = readOperations(schema, documents)

export interface RestFacadeOptions {
  readonly yoga: Yoga
  readonly logger: Logger
  /** Of the product; the OpenAPI document names it. */
  readonly version: string
  readonly headersOf: (req: IncomingMessage) => OutgoingHttpHeaders
}

export const createRestFacade = ({ yoga, logger, version, headersOf }: RestFacadeOptions): Rest =>
  createRest({
    yoga,
    operations: OPERATIONS,
    routes: ROUTES,
    headersOf,
    openApi: async () => (await import('./openapi.ts')).openApiDocument(OPERATIONS, ROUTES, version),
    onFault: (error, requestId) => logger.error({ err: error, requestId }, 'REST request failed'),
  })
