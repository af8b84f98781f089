/**
 * The graphql-codegen preset behind `npm run generate`: one module per file of `sdk/operations`, so that a domain costs
 * one `.graphql` file. The modules are printed by `print.ts` rather than by typescript-operations and typed-document-node,
 * because those describe no result field, type a mutation as all its errors, and ship a wrapper class for each document.
 */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Types } from '@graphql-codegen/plugin-helpers'
import { buildASTSchema } from 'graphql'
import { readCatalogue } from './catalogue.ts'
import { printAll } from './print.ts'

export const preset: Types.OutputPreset = {
  buildGeneratesSection(options) {
    const schema = options.schemaAst ?? buildASTSchema(options.schema)
    const sources = options.documents.map(({ location = '' }) => ({ name: basename(location, '.graphql'), text: readFileSync(location, 'utf8') }))
    const catalogue = readCatalogue(schema, sources.sort((a, b) => (a.name < b.name ? -1 : 1)))
    return [...printAll(schema, catalogue)].map(([name, content]) => ({
      filename: `${options.baseOutputDir}${name}.ts`,
      schema: options.schema,
      schemaAst: schema,
      documents: options.documents,
      config: {},
      plugins: [{ content: {} }],
      pluginMap: { content: { plugin: () => content } },
    }))
  },
}
