/** Templates with values become a plan and a policy. Pure: the same templates and values give the same plan, down to its ids. */
import { documentItem } from '../plans/flat.ts'
import type { DocumentItem, FlatPlan, ItemFields, Milestone, Plan, PlanItem } from '../plans/types.ts'
import { CHILD_KIND } from '../plans/flat.ts'
import { templateDigest } from './digest.ts'
import { Expansion, fieldsOf, type Instance } from './expand.ts'
import { ExpressionError, Expressions, type Scope } from './expressions.ts'
import { fillIn } from './fill-in.ts'
import { joinParts, placeOf, type Dependencies } from './join.ts'
import { placeIds, type Part, type PlacedIds } from './place-ids.ts'
import { composePolicy } from './policy.ts'
import { resolveValues } from './values.ts'
import { loopNames } from './loops.ts'
import { satisfies } from './versions.ts'
import type { Instantiation, Template, TemplateConflict, TemplateProblem, TemplateUse, TemplateVariable, UsedTemplate } from './types.ts'

/** A template that is ready to become part of a plan. */
interface Prepared extends Part {
  readonly use: TemplateUse
  readonly scope: Scope
  readonly expressions: Expressions
}

/**
 * Makes one plan of templates and packs.
 *
 * Their items come together in one list of milestones, their joins become dependencies, their rules one policy. What they disagree
 * about is told in `conflicts`, with what was done; a conflict that is an error, and a wrong value, leave no plan.
 *
 * @param uses in the order in which they have a say: the first that names the project does, and on an id that two give, the first keeps it
 * @example
 * const { plan, policy, conflicts } = instantiate([{ template: webApp, values: { name: 'Shop' } }, { template: auth }])
 */
export function instantiate(uses: readonly TemplateUse[]): Instantiation {
  const conflicts = [...requirementConflicts(uses), ...variableConflicts(uses)]
  const problems: TemplateProblem[] = []
  const prepared = uses.flatMap((use) => prepare(use, problems))
  const result: Instantiation = { policy: { rules: [], phases: [] }, conflicts, problems, used: [], origins: new Map() }
  if (problems.length > 0 || conflicts.some(({ severity }) => severity === 'error')) return result
  const placed = placeIds(prepared)
  const dependencies = dependenciesWithin(prepared, problems)
  conflicts.push(...placed.conflicts)
  try {
    conflicts.push(...joinParts(prepared, dependencies))
    const { policy, conflicts: found } = composePolicy(prepared)
    conflicts.push(...found)
    const plan = planOf(prepared, placed, dependencies)
    const origins = new Map(prepared.flatMap(({ template, expansion }) => [...expansion.all()].map((item) => [placed.ids.get(item)!, { template: template.name, id: item.id }] as const)))
    return problems.length > 0 ? result : { ...result, plan, policy, used: prepared.map((part) => usedOf(part, placed)), origins }
  } catch (error) {
    problems.push(faultOf(error))
    return result
  }
}

function prepare(use: TemplateUse, problems: TemplateProblem[]): Prepared[] {
  const { template, ids = {} } = use
  const values = resolveValues(use)
  problems.push(...values.problems)
  if (values.problems.length > 0) return []
  try {
    const expressions = new Expressions(template.variables ?? [], loopNames(template))
    const expansion = new Expansion(template.plan.milestones, values.scope, expressions)
    return [{ use: { ...use, values: values.given }, template, expansion, fixed: ids, scope: values.scope, expressions }]
  } catch (error) {
    problems.push(faultOf(error))
    return []
  }
}

/** What a template says wrongly becomes a problem; everything else is a fault of ours. */
function faultOf(error: unknown): TemplateProblem {
  if (!(error instanceof ExpressionError)) throw error
  return { code: 'expression', severity: 'error', pointer: '', message: `${error.message}.`, remedy: 'Correct the expression in the template.' }
}

function dependenciesWithin(parts: readonly Prepared[], problems: TemplateProblem[]): Dependencies {
  const dependencies: Dependencies = new Map()
  for (const { expansion, template } of parts) {
    for (const item of expansion.all()) {
      const onUnknown = (reference: string): void => {
        problems.push({ code: 'unknown-item', severity: 'error', pointer: '', message: `"${item.raw.id}" of ${template.name} depends on "${reference}", which is no item of it.`, remedy: 'Correct the id.' })
      }
      dependencies.set(item, expansion.dependenciesOf(item, onUnknown))
    }
  }
  return dependencies
}

function planOf(parts: readonly Prepared[], { ids }: PlacedIds, dependencies: Dependencies): Plan {
  const roots: Instance[] = []
  for (const { expansion } of parts) roots.splice(placeOf(expansion.milestones, roots, dependencies), 0, ...expansion.milestones)
  const items = new Map<string, PlanItem>()
  const children = new Map<string | null, string[]>([[null, roots.map((root) => ids.get(root)!)]])
  for (const { expansion, expressions } of parts) {
    for (const instance of expansion.all()) {
      const id = ids.get(instance)!
      const dependsOn = [...dependencies.get(instance)!].map((target) => ids.get(target)!)
      const fields = { ...fieldsOf(instance, expressions), ...(dependsOn.length > 0 && { dependsOn }) } as ItemFields
      items.set(id, { id, kind: instance.kind, parentId: instance.parent === null ? null : ids.get(instance.parent)!, fields })
      if (CHILD_KIND[instance.kind] !== undefined && instance.children.length > 0) children.set(id, instance.children.map((child) => ids.get(child)!))
    }
  }
  const flat: FlatPlan = { head: {}, items, children }
  return { version: 1, project: projectOf(parts), milestones: children.get(null)!.map((id): DocumentItem => documentItem(flat, id)) as Milestone[] }
}

/** The first template that names the project does; packs alone make a plan that is named after them. */
function projectOf(parts: readonly Prepared[]): Plan['project'] {
  const first = parts.find(({ template }) => template.plan.project !== undefined)
  if (first === undefined) return { name: parts.map(({ template }) => template.title).join(', ') }
  return fillIn(first.template.plan.project, first.scope, first.expressions) as Plan['project']
}

function usedOf({ template, use }: Prepared, { changed }: PlacedIds): UsedTemplate {
  const { name, version } = template
  const ids = changed.get(name)
  return { name, version, digest: templateDigest(template), values: { ...use.values }, ...(ids !== undefined && { ids }) }
}

function requirementConflicts(uses: readonly TemplateUse[]): TemplateConflict[] {
  const versions = new Map(uses.map(({ template }) => [template.name, template.version]))
  return uses.flatMap(({ template }) =>
    (template.requires ?? []).flatMap(({ name, version: range }): TemplateConflict[] => {
      const version = versions.get(name)
      if (version !== undefined && satisfies(version, range)) return []
      const found = version === undefined ? 'which is not used' : `and ${version} is used`
      return [{ kind: 'requirement', severity: 'error', templates: [template.name], name, message: `${template.name} requires ${name} ${range}, ${found}.`, resolution: `Use ${name} in a version of ${range} too.` }]
    }),
  )
}

const shapeOf = ({ type, choices }: TemplateVariable): string => JSON.stringify([type, choices])

/** One parameter of several templates is asked once; where they mean different things by it, each is asked for by its full name. */
function variableConflicts(uses: readonly TemplateUse[]): TemplateConflict[] {
  const first = new Map<string, { variable: TemplateVariable; template: Template }>()
  const conflicts: TemplateConflict[] = []
  for (const { template, values = {} } of uses) {
    for (const variable of template.variables ?? []) {
      const { name } = variable
      const known = first.get(name)
      if (known === undefined) first.set(name, { variable, template })
      else if (shapeOf(known.variable) !== shapeOf(variable)) {
        const names = [known.template.name, template.name]
        const isSettled = !Object.hasOwn(values, name) || Object.hasOwn(values, `${template.name}.${name}`)
        const full = names.map((each) => `${each}.${name}`).join(' and ')
        conflicts.push({ kind: 'variable', severity: isSettled ? 'warning' : 'error', templates: names, name, message: `${names.join(' and ')} mean different things by "${name}".`, resolution: `Give ${full}.` })
      }
    }
  }
  return conflicts
}
