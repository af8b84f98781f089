/** The formats of files, from their JSON Schemas. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EXAMPLE_PLAN, EXAMPLE_TEMPLATE } from '../../../../api/src/rest/examples.ts'
import { blocks, code, fence, link, printPage, property, prose, sentence, table } from './markdown.ts'
import { root } from './operations.ts'

interface JsonSchema {
  readonly $id?: string
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, JsonSchema>>
  readonly title?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly [keyword: string]: unknown
}

interface Format {
  readonly page: string
  readonly title: string
  readonly schema: string
  readonly about: string
  readonly example: string
}

/** A policy of a project, and one of every kind of rule in it. */
const POLICY = `version: 1
rules:
  - id: done-needs-evidence
    when: [plan.status.set]
    condition: item.status == 'done' && item.criteria.total > 0 && !item.evidence.passed
    effect: block
    message: Something of {{item.title}} is not verified yet.
    remedy: Run br qa run, and try again.
`

const FORMATS: readonly Format[] = [
  {
    page: 'plan', title: 'Plan format', schema: 'sdk/plan.schema.json',
    about: 'A plan is one JSON file, `buildrunner/specs/plan.json`: milestones hold steps, steps hold microsteps. Keys that are not part of the format are kept. It never holds results: evidence and history live on the server. `br lint` checks it.',
    example: fence('json', JSON.stringify(EXAMPLE_PLAN, null, 2), 'schema=plan'),
  },
  {
    page: 'policy', title: 'Policy of a project', schema: 'sdk/policy.schema.json',
    about: "The rules of one project, in `governance/policy.yml` of its repository, put in force by `br governance apply`. What conditions may speak of: [facts, actions and events](/reference/policy/). `br governance validate` checks it.",
    example: fence('yaml', POLICY, 'schema=policy'),
  },
  {
    page: 'operator-policy', title: 'Policy of the operator', schema: 'governance/policy.schema.json',
    about: 'What a server allows: tiers, rates, retention and back-off, and rules for every project on it. It is read as the server starts, from `governance/policy.yml` or the file that `BUILDRUNNER_POLICY` names; what is left out has the value of the example. `br governance validate --operator` checks it.',
    example: fence('yaml', readFileSync(join(root, 'governance', 'policy.yml'), 'utf8'), 'from=governance/policy.yml'),
  },
  {
    page: 'template', title: 'Template format', schema: 'sdk/template.schema.json',
    about: 'A template is a plan with parameters, in JSON or YAML; a pack adds one concern to a plan. `br template lint` checks it, `br template use` makes a plan of it.',
    example: fence('json', JSON.stringify(EXAMPLE_TEMPLATE, null, 2), 'schema=template'),
  },
]

/** Pages by their paths below `reference/formats`. */
export function formatPages(): Map<string, string> {
  return new Map(FORMATS.map((format, index) => [`${format.page}.mdx`, formatPage(format, index + 1)] as const))
}

function formatPage({ page, title, schema: file, about, example }: Format, order: number): string {
  const schema = JSON.parse(readFileSync(join(root, file), 'utf8')) as JsonSchema
  const definitions = Object.entries(schema.$defs ?? {}).map(([name, definition]) => blocks(
    `<Definition ${property('id', `type-${name}`)} ${property('name', name)} kind="object" />`, prose(sentence(definition.description ?? '')), rowsOf(definition)))
  const [sections, top] = [sectionsOf(schema), keysOf(schema)]
  return printPage({
    title, order, components: ['Definition'], description: about.split(/(?<=\.)\s/)[0] ?? about,
    body: blocks(
      about, ...(schema.$id === undefined ? [] : [`Its JSON Schema (2020-12) is ${code(file)}${page === 'operator-policy' ? '' : `, which the package exports as ${code(`@buildrunner/${file.replace('sdk/', 'sdk/')}`)}`}. In tables a star marks what must be given.`]),
      '## Example', example, '## Keys', top, ...sections, definitions.length === 0 ? '' : '## Objects', ...definitions,
    ),
  })
}

/** The keys of the top; what a big one holds has a section of its own. */
const isBig = (schema: JsonSchema): boolean => rows(schema).length > 6
const keysOf = (schema: JsonSchema): string => table(['Key', 'Type', 'What it is'], Object.entries(schema.properties ?? {}).flatMap(([key, member]) => {
  const own = row(key, member, schema.required?.includes(key) ?? false)
  return isBig(member) ? [[link(own[0] as string, `#key-${key}`), ...own.slice(1)]] : [own, ...rows(member, `${key}${suffix(member)}.`)]
}))
const sectionsOf = (schema: JsonSchema): string[] => Object.entries(schema.properties ?? {}).filter(([, member]) => isBig(member)).map(([key, member]) => blocks(
  `<Definition ${property('id', `key-${key}`)} ${property('name', key)} kind="key" />`, prose(sentence(member.description ?? '')), rowsOf(member)))

const rowsOf = (schema: JsonSchema): string => table(['Key', 'Type', 'What it is'], rows(schema))
const suffix = (schema: JsonSchema): string => (schema.items === undefined ? (schema.properties === undefined && typeof schema.additionalProperties === 'object' ? '.<name>' : '') : '[]')

/** One row a key, keys of inner objects with dotted names. */
function rows(schema: JsonSchema, prefix = ''): string[][] {
  const inner = schema.items ?? (schema.properties === undefined && typeof schema.additionalProperties === 'object' ? schema.additionalProperties : schema)
  const objects = [inner, ...(inner.anyOf ?? inner.oneOf ?? [])].filter(({ properties }) => properties !== undefined)
  const seen = new Set<string>()
  return objects.flatMap(({ properties = {}, required = [] }) => Object.entries(properties).flatMap(([key, member]) => {
    if (seen.has(key)) return []
    seen.add(key)
    return [row(`${prefix}${key}`, member, required.includes(key)), ...rows(member, `${prefix}${key}${suffix(member)}.`)]
  }))
}

const row = (name: string, schema: JsonSchema, required: boolean): string[] => [`${code(name)}${required ? ' *' : ''}`, typeOf(schema), [prose(schema.description ?? ''), limits(schema)].filter(Boolean).join(' ')]

function typeOf(schema: JsonSchema): string {
  if (schema.$ref !== undefined) return refLink(schema.$ref)
  if (schema.const !== undefined) return code(JSON.stringify(schema.const))
  if (schema.enum !== undefined) return schema.enum.length > 12 ? 'text' : schema.enum.map((value) => code(String(value))).join(', ')
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return [...new Set(choices.map(typeOf))].join(' or ')
  if (schema.items !== undefined) return `list of ${typeOf(schema.items)}`
  return [schema.type ?? 'any'].flat().map((type) => (type === 'string' ? 'text' : type)).join(' or ')
}

const refLink = ($ref: string): string => {
  const name = $ref.split('/').at(-1) as string
  return $ref === '#' ? 'the same' : link(code(name), `#type-${name}`)
}

const LIMITS: readonly (readonly [keyword: string, say: (value: unknown) => string])[] = [
  ['minLength', (value) => (value === 1 ? 'Not empty.' : `At least ${String(value)} characters.`)], ['maxLength', (value) => `At most ${String(value)} characters.`],
  ['minimum', (value) => `At least ${String(value)}.`], ['maximum', (value) => `At most ${String(value)}.`], ['exclusiveMinimum', (value) => `More than ${String(value)}.`],
  ['minItems', (value) => `At least ${String(value)}.`], ['maxItems', (value) => `At most ${String(value)} entries.`], ['pattern', (value) => `Matches ${code(String(value))}.`],
  ['format', (value) => `A ${String(value)}.`], ['default', (value) => `Default: ${code(JSON.stringify(value))}.`],
]
const limits = (schema: JsonSchema): string => LIMITS.flatMap(([keyword, say]) => (schema[keyword] === undefined || (keyword === 'maximum' && schema[keyword] === Number.MAX_SAFE_INTEGER) ? [] : [say(schema[keyword])])).join(' ')
