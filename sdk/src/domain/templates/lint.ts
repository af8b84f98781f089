/**
 * The rules of templates beyond their structure. Expressions are checked where they stand; then the template is instantiated, once
 * with its examples and once for each other choice and truth value of each parameter, and every plan and policy that comes of it must
 * be without fault: so that whoever uses a template that was linted meets none.
 */
import { validatePlan } from '../plans/validate.ts'
import { FACTS } from '../policy/facts.ts'
import { ExpressionError, Expressions } from './expressions.ts'
import { instantiate } from './instantiate.ts'
import { loopNames } from './loops.ts'
import { policyProblems } from './policy-text.ts'
import type { Template, TemplateItem, TemplateProblem, TemplateValue, TemplateValues, TemplateVariable } from './types.ts'
import { faultOf, isSafePattern } from './values.ts'
import { expressionsOf, namesIn, type FoundExpression } from './walk.ts'

type Code = TemplateProblem['code']
const error = (code: Code, pointer: string, message: string, remedy: string): TemplateProblem => ({ code, severity: 'error', pointer, message, remedy })
const warning = (code: Code, pointer: string, message: string, remedy: string): TemplateProblem => ({ code, severity: 'warning', pointer, message, remedy })

/** Checks a template whose structure is right. @returns every problem, without line; pointers are those of the template */
export function lintTemplate(template: Template): TemplateProblem[] {
  const names = variableProblems(template)
  // without right names no expression can be read
  if (names.some(({ severity }) => severity === 'error')) return names
  const problems = [...names, ...expressionProblems(template), ...referenceProblems(template), ...textProblems(template)]
  if (problems.some(({ severity }) => severity === 'error')) return problems
  return [...problems, ...instanceProblems(template)]
}

/** CEL's own words. */
const RESERVED: ReadonlySet<string> = new Set(['true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop', 'package', 'namespace', 'return', 'var', 'void', 'while'])

function variableProblems({ variables = [], ...template }: Template): TemplateProblem[] {
  const problems: TemplateProblem[] = []
  const seen = new Set<string>()
  const read = new Set([...expressionsOf(template)].flatMap(({ expression }) => [...namesIn(expression)]))
  for (const name of loopNames(template)) seen.add(name)
  for (const [index, variable] of variables.entries()) {
    const { name } = variable
    const pointer = `/variables/${index}`
    if (RESERVED.has(name) || Object.hasOwn(FACTS, name)) problems.push(error('reserved-name', `${pointer}/name`, `"${name}" is a word of expressions or a fact of policies.`, 'Choose another name.'))
    if (seen.has(name)) problems.push(error('duplicate-variable', `${pointer}/name`, `The name "${name}" is taken, by another parameter or a loop.`, 'Give one of the two another name.'))
    seen.add(name)
    if (!read.has(name)) problems.push(warning('unused-variable', `${pointer}/name`, `Nothing in the template uses "${name}".`, 'Remove it.'))
    problems.push(...presetProblems(variable, pointer))
  }
  return problems
}

function presetProblems(variable: TemplateVariable, pointer: string): TemplateProblem[] {
  const { type, choices, pattern } = variable
  if (type === 'choice' && choices === undefined) return [error('structure', pointer, `"${variable.name}" is a choice without choices.`, 'List them in "choices".')]
  if (pattern !== undefined && !isSafePattern(pattern)) return [error('structure', `${pointer}/pattern`, `${JSON.stringify(pattern)} is no regular expression that may be used here.`, 'Use at most four quantifiers, none on a group that has one inside.')]
  return (['default', 'example'] as const).flatMap((key) => {
    const value = variable[key]
    const fault = value === undefined ? undefined : faultOf({ ...variable, required: false }, value)
    return fault === undefined ? [] : [error('invalid-default', `${pointer}/${key}`, `The ${key} of "${variable.name}" is not allowed. ${fault}`, 'Correct it.')]
  })
}


const TYPE_OF_USE = { condition: 'bool', list: 'list<string>' } as const

function expressionProblems(template: Template): TemplateProblem[] {
  const loops = loopNames(template)
  const expressions = new Expressions(template.variables ?? [], loops)
  const check = ({ expression, pointer, use, loops: around, inPolicy }: FoundExpression): TemplateProblem[] => {
    const names = namesIn(expression)
    if (inPolicy && use === 'any' && [...names].some((name) => Object.hasOwn(FACTS, name))) return []
    const astray = [...names].find((name) => loops.has(name) && !around.has(name))
    if (astray !== undefined) return [error('expression', pointer, `"${astray}" is the name of a loop that ${JSON.stringify(expression)} does not stand in.`, 'Use it inside of that loop only.')]
    try {
      const type = expressions.typeOf(expression)
      if (use === 'any' || type === TYPE_OF_USE[use] || type === 'dyn') return []
      return [error('expression', pointer, `${JSON.stringify(expression)} is of the type ${type}; here it must be ${TYPE_OF_USE[use]}.`, 'Correct the expression.')]
    } catch (fault) {
      if (!(fault instanceof ExpressionError)) throw fault
      return [error('expression', pointer, `${fault.message}.`, 'Correct the expression; it sees the parameters and the loops around it.')]
    }
  }
  return [...expressionsOf(template)].flatMap(check)
}

interface Placed {
  readonly item: TemplateItem
  readonly pointer: string
}

function* itemsOf(items: readonly TemplateItem[], pointer: string): Iterable<Placed> {
  for (const [index, item] of items.entries()) {
    const at = `${pointer}/${index}`
    yield { item, pointer: at }
    for (const key of ['steps', 'microsteps'] as const) yield* itemsOf(item[key] ?? [], `${at}/${key}`)
  }
}

/** References of anchors and joins; dependencies are checked where the template is instantiated. */
function referenceProblems({ plan, anchors = [], joins = [] }: Template): TemplateProblem[] {
  const ids = new Set([...itemsOf(plan.milestones, '')].map(({ item }) => item.id))
  const unknown = ({ item }: { item: string }, pointer: string): TemplateProblem[] =>
    ids.has(item) ? [] : [error('unknown-item', `${pointer}/item`, `There is no item "${item}" in the template.`, 'Name it by the id that it has in the template.')]
  return [...anchors.flatMap((anchor, index) => unknown(anchor, `/anchors/${index}`)), ...joins.flatMap((join, index) => unknown(join, `/joins/${index}`))]
}

const PLACEHOLDER_TEXT = /\b(?:TODO|TBD|FIXME|lorem ipsum)\b/i

function textProblems({ plan }: Template): TemplateProblem[] {
  const problems: TemplateProblem[] = []
  for (const { item, pointer } of itemsOf(plan.milestones, '/plan/milestones')) {
    const { steps: _steps, microsteps, ...own } = item
    const text = PLACEHOLDER_TEXT.exec(JSON.stringify(own))
    if (text !== null) problems.push(warning('placeholder-text', pointer, `"${item.id}" still says "${text[0]}".`, 'Say what is meant.'))
    if (microsteps !== undefined && ![item, ...microsteps].some(({ acceptanceCriteria }) => Array.isArray(acceptanceCriteria) && acceptanceCriteria.length > 0))
      problems.push(warning('no-criteria', pointer, `Nothing in "${item.id}" says when it is done.`, 'Give it, or its microsteps, acceptance criteria.'))
  }
  return problems
}

/** What stands for a parameter that nobody gave. */
function exampleOf({ type, example, default: preset, choices = [], name }: TemplateVariable): TemplateValue {
  const given = example ?? preset
  if (given !== undefined) return given
  return { string: name, choice: choices[0] ?? '', number: 1, boolean: true, list: choices.length > 0 ? choices.slice(0, 1) : [name] }[type]
}

/** Each parameter at each of its other values that a template can tell apart, the others at their examples. */
function* valuations(variables: readonly TemplateVariable[]): Iterable<TemplateValues> {
  const examples = Object.fromEntries(variables.map((variable) => [variable.name, exampleOf(variable)]))
  yield examples
  for (const variable of variables) {
    const { name, type, choices = [], required } = variable
    const others: readonly TemplateValue[] = type === 'boolean' ? [!examples[name]] : type === 'choice' ? choices : type === 'list' && choices.length > 0 ? [choices, ...choices.map((choice) => [choice])] : []
    for (const value of others) if (value !== examples[name]) yield { ...examples, [name]: value }
    if (type === 'list' && (variable.default !== undefined || required === false)) yield { ...examples, [name]: [] }
  }
}

/** Of a template with more choices the first are tried. */
const MAX_VALUATIONS = 200

function instanceProblems(template: Template): TemplateProblem[] {
  const alone: Template = { ...template, requires: undefined, joins: undefined }
  const found = new Map<string, TemplateProblem>()
  let tried = 0
  for (const values of valuations(template.variables ?? [])) {
    if (++tried > MAX_VALUATIONS) break
    const { plan, policy, problems } = instantiate([{ template: alone, values }])
    const faults = [
      ...problems,
      ...(plan === undefined ? [] : validatePlan(plan)).map(({ severity, pointer, message, remedy }): TemplateProblem => ({ code: 'invalid-plan', severity, pointer: '/plan', message: `${message} (${pointer} of the plan)`, remedy })),
      ...policyProblems(policy),
    ]
    for (const fault of faults) {
      const key = `${fault.code} ${fault.message}`
      if (!found.has(key)) found.set(key, { ...fault, message: `${fault.message} With ${JSON.stringify(values)}.` })
    }
  }
  return [...found.values()]
}
