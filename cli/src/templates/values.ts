/** Values of parameters: from a file, from `--set`, and, on a terminal, from a person. */
import { parse } from 'yaml'
import { faultOf, isRequired, readValue, type Template, type TemplateValue, type TemplateValues, type TemplateVariable } from '@buildrunner/sdk/template-engine'
import { failure } from '../core/errors.ts'
import { askLine, choose, chooseSeveral, confirmPlain } from '../core/prompts.ts'
import { readTextFile } from '../files/workspace.ts'
import { t } from '../text/text.ts'
import type { Context } from '../core/context.ts'

export interface ValueOptions {
  set?: string[]
  values?: string
  defaults?: boolean
}

/** What was given on the command line; `--set` goes before the file. @throws USAGE */
export function givenValues(context: Context, { set = [], values: file }: ValueOptions, templates: readonly Template[]): Record<string, TemplateValue> {
  const values = file === undefined ? {} : valuesOfFile(context, file)
  for (const pair of set) {
    const at = pair.indexOf('=')
    if (at < 1) throw failure('INVALID_VALUE', { option: '--set', value: pair, expected: 'NAME=VALUE' })
    const name = pair.slice(0, at).trim()
    values[name] = readValue(variableNamed(templates, name) ?? { type: 'string' }, pair.slice(at + 1))
  }
  return values
}

function variableNamed(templates: readonly Template[], name: string): TemplateVariable | undefined {
  for (const { name: template, variables = [] } of templates) for (const variable of variables) if (variable.name === name || `${template}.${variable.name}` === name) return variable
  return undefined
}

const isValue = (value: unknown): value is TemplateValue => ['string', 'number', 'boolean'].includes(typeof value) || (Array.isArray(value) && value.every((element) => typeof element === 'string'))

function valuesOfFile({ cwd }: Context, file: string): Record<string, TemplateValue> {
  let found: unknown
  try {
    found = parse(readTextFile(cwd, file)) as unknown
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'YAMLParseError') throw error
    throw failure('USAGE', { text: t('{file} is no YAML: {value}', { file, value: error.message.split('\n')[0] ?? '' }) })
  }
  const isFit = typeof found === 'object' && found !== null && !Array.isArray(found) && Object.values(found).every(isValue)
  if (!isFit) throw failure('USAGE', { text: t('{file} is no list of values.', { file }), remedy: t('Write NAME: VALUE, a line each; a value is a text, a number, true, false, or a list of texts.') })
  return found as Record<string, TemplateValue>
}

/** Asks for everything that was not given: once for what several templates have in common. */
export async function askValues(context: Context, templates: readonly Template[], given: TemplateValues, { defaults }: ValueOptions): Promise<Record<string, TemplateValue>> {
  const values: Record<string, TemplateValue> = { ...given }
  if (!context.interactive || defaults === true) return values
  for (const { name: template, variables = [] } of templates) {
    for (const variable of variables) {
      if (values[variable.name] !== undefined || values[`${template}.${variable.name}`] !== undefined) continue
      values[variable.name] = await askFor(variable)
    }
  }
  return values
}

async function askFor(variable: TemplateVariable): Promise<TemplateValue> {
  const { type, prompt, description, default: preset, choices } = variable
  const message = description === undefined ? prompt : `${prompt} (${description})`
  if (type === 'boolean') return confirmPlain(message, { initialValue: preset !== false })
  if (type === 'choice') return choose(message, sorted(choices ?? [], preset).map((value) => ({ value, label: value })))
  if (type === 'list' && choices !== undefined) return chooseSeveral(message, choices, { initial: Array.isArray(preset) ? (preset as string[]) : [], required: isRequired(variable) })
  const initialValue = preset === undefined ? '' : Array.isArray(preset) ? preset.join(', ') : String(preset)
  const hint = type === 'list' ? t('{message} - separated by commas', { message }) : message
  return readValue(variable, await askLine(hint, { initialValue, validate: (text) => (text.trim() === '' && !isRequired(variable) ? undefined : faultOf(variable, readValue(variable, text))) }))
}

/** The preset first, so that enter takes it. */
const sorted = (choices: readonly string[], preset: unknown): string[] => [...choices].sort((a, b) => Number(b === preset) - Number(a === preset))
