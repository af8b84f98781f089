/** Checks of blocks that need no server: JSON, YAML and GraphQL by what they are written against, and blocks that stand for a file. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parsePlan } from '@buildrunner/sdk/plans'
import { parsePolicy } from '@buildrunner/sdk/policy'
import { parseTemplate } from '@buildrunner/sdk/template-engine'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { buildSchema, parse, validate } from 'graphql'
import { parse as parseYaml } from 'yaml'
import type { Block } from './pages.ts'
import { ROOT } from './pages.ts'

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const schema = buildSchema(read('schema/schema.graphql'))

/** The product's own readers, by the word after `schema=`: each says what is wrong with a text. */
const READERS: Readonly<Record<string, (text: string) => readonly { readonly message: string; readonly severity?: string }[]>> = {
  plan: (text) => parsePlan(text).problems,
  policy: (text) => parsePolicy(text).problems,
  template: (text) => parseTemplate(text).problems,
}
const ajv = new Ajv2020({ strict: false, validateFormats: false })
const compiled = new Map(['plan', 'policy', 'template'].map((name) => [name, ajv.compile(JSON.parse(read(`sdk/${name}.schema.json`)) as object)]))

function againstSchema(block: Block, value: unknown): string[] {
  const name = block.meta.get('schema')
  if (name === undefined) return []
  const isRight = compiled.get(name)
  if (isRight === undefined) return [`There is no schema ${name}; there are ${[...compiled.keys()].join(', ')}.`]
  const faults = isRight(value) ? [] : [ajv.errorsText(isRight.errors)]
  return [...faults, ...READERS[name]!(block.text).filter(({ severity }) => severity !== 'warning').map(({ message }) => message)]
}

function parsed(read: () => unknown): { value?: unknown; faults: string[] } {
  try {
    return { value: read(), faults: [] }
  } catch (error) {
    return { faults: [(error as Error).message] }
  }
}

function ofData(block: Block, reader: (text: string) => unknown): string[] {
  const { value, faults } = parsed(() => reader(block.text))
  return faults.length > 0 ? faults : againstSchema(block, value)
}

function ofGraphQL({ text, meta }: Block): string[] {
  if (meta.has('sdl')) return parsed(() => parse(text)).faults
  const { value, faults } = parsed(() => parse(text))
  return faults.length > 0 ? faults : validate(schema, value as ReturnType<typeof parse>).map(({ message }) => message)
}

const BY_LANGUAGE: Readonly<Record<string, (block: Block) => string[]>> = {
  json: (block) => ofData(block, JSON.parse),
  yaml: (block) => ofData(block, (text) => parseYaml(text)),
  graphql: ofGraphQL,
}

/** What is wrong with a block, as far as reading it tells. */
export function faultsOf(block: Block): string[] {
  const from = block.meta.get('from')
  if (from !== undefined && !existsSync(join(ROOT, from))) return [`There is no ${from}.`]
  if (from !== undefined && read(from).trimEnd() !== block.text.trimEnd()) return [`It is not what ${from} says.`]
  return BY_LANGUAGE[block.language]?.(block) ?? []
}
