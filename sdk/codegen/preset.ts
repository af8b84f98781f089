/**
 * The graphql-codegen preset behind `npm run generate`: one module per file of `sdk/operations`, so that a domain costs
 * one `.graphql` file. The modules are printed by `print.ts` rather than by typescript-operations and typed-document-node,
 * because those describe no result field, type a mutation as all its errors, and ship a wrapper class for each document.
 */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Types } from '@graphql-codegen/plugin-helpers'
import { buildASTSchema } from 'graphql'
import type { GraphQLSchema } from 'graphql'
import { readCatalogue } from './catalogue.ts'
import type { Catalogue } from './catalogue.ts'
import { manifestOf, printOperations } from './operations.ts'
import { withEntries } from './package.ts'
import { printTypes } from './print.ts'

/** Every generated file, by its path from `sdk/`. `packageJson` is the text of the one that is there. */
export function printAll(schema: GraphQLSchema, catalogue: Catalogue, packageJson: string): Map<string, string> {
  const modules = [...printTypes(schema, catalogue), ...printOperations(schema, catalogue)]
  const files = new Map(modules.map(([name, content]) => [`src/_generated/${name}.ts`, content]))
  if (files.size !== modules.length) throw new Error('A domain is named like another generated module: choose another name for its file.')
  return files
    .set('documents.json', `${JSON.stringify(manifestOf(catalogue), null, 2)}\n`)
    .set('package.json', withEntries(packageJson, catalogue))
}

export const preset: Types.OutputPreset = {
  buildGeneratesSection(options) {
    const schema = options.schemaAst ?? buildASTSchema(options.schema)
    const sources = options.documents.map(({ location = '' }) => ({ name: basename(location, '.graphql'), text: readFileSync(location, 'utf8') }))
    const catalogue = readCatalogue(schema, sources.sort((a, b) => (a.name < b.name ? -1 : 1)))
    const packageJson = readFileSync(join(options.baseOutputDir, 'package.json'), 'utf8')
    return [...printAll(schema, catalogue, packageJson)].map(([path, content]) => ({
      filename: join(options.baseOutputDir, path),
      schema: options.schema,
      schemaAst: schema,
      documents: options.documents,
      config: {},
      plugins: [{ content: {} }],
      pluginMap: { content: { plugin: () => content } },
    }))
  },
}
