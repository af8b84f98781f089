/** The surface of the checkout, as `npm run generate` left it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OPERATIONS } from '../../../api/src/rest/index.ts'
import { openApiDocument } from '../../../api/src/rest/openapi.ts'
import { ROUTES } from '../../../api/src/rest/routes.ts'
import type { Surface } from './releases.ts'

export function readCurrent(root: string, version: string): Surface {
  return {
    schema: readFileSync(join(root, 'schema', 'schema.graphql'), 'utf8'),
    openApi: JSON.parse(JSON.stringify(openApiDocument(OPERATIONS, ROUTES, version))) as object,
    documents: JSON.parse(readFileSync(join(root, 'sdk', 'documents.json'), 'utf8')) as Surface['documents'],
  }
}
