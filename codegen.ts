import type { CodegenConfig } from '@graphql-codegen/cli'
import { preset } from './sdk/codegen/preset.ts'

const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  documents: 'sdk/operations/*.graphql',
  emitLegacyCommonJSImports: false,
  generates: { 'sdk/': { preset } },
}

export default config
