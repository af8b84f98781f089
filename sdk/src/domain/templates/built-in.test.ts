import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { criticalPath, readySet } from '../plans/analysis.ts'
import { applyChanges } from '../plans/changes.ts'
import { flattenPlan } from '../plans/flat.ts'
import { expectedHours } from '../plans/estimate.ts'
import { checkSchema } from '../plans/format.ts'
import { forecastOf } from '../flow/forecast.ts'
import { microstep } from '../flow/testing/microsteps.ts'
import type { FlatPlan } from '../plans/types.ts'
import { validatePlan } from '../plans/validate.ts'
import { compilePolicy } from '../policy/compile.ts'
import { parsePolicy } from '../policy/parse.ts'
import { builtIn, builtInTemplate, builtInTemplates } from './built-in.ts'
import { builtInModule } from './built-in-module.ts'
import { instantiate } from './instantiate.ts'
import { templateJsonSchemaText } from './json-schema.ts'
import { parseTemplate } from './parse.ts'
import { policyText } from './policy-text.ts'
import { findTemplate, findUsed } from './resolve.ts'
import type { Template, TemplateValues } from './types.ts'

const folder = new URL('../../../templates/', import.meta.url)
const files = readdirSync(folder).filter((file) => file.endsWith('.yml')).sort()
const textOf = (file: string) => readFileSync(new URL(file, folder), 'utf8')
const templates = builtInTemplates()
const NAMES = templates.map(({ name }) => name)
const PACKS = templates.filter(({ kind }) => kind === 'pack')

const examples = (template: Template): TemplateValues =>
  Object.fromEntries((template.variables ?? []).flatMap(({ name, example, default: preset }) => (preset === undefined ? [[name, example ?? 'Kim']] : [])))
const uses = (...list: Template[]) => list.map((template) => ({ template, values: examples(template) }))

function flatOf(...list: Template[]): FlatPlan {
  const { plan, problems, conflicts } = instantiate(uses(...list))
  expect([...problems, ...conflicts.filter(({ kind }) => kind !== 'join')]).toEqual([])
  expect(validatePlan(plan)).toEqual([])
  return flattenPlan(plan!)
}
const microsteps = ({ items }: FlatPlan) => [...items.values()].filter(({ kind }) => kind === 'microstep')

/** Works through a plan as a team does: what is ready is done. @returns how many rounds that took */
function workThrough(plan: FlatPlan): number {
  let current = plan
  for (let rounds = 1; ; rounds++) {
    const ready = readySet(current)
    expect(ready).not.toEqual([])
    current = applyChanges(current, ready.map((id) => ({ op: 'update' as const, id, set: { status: 'done' } })))
    if (microsteps(current).every(({ fields }) => fields.status === 'done')) return rounds
  }
}

const DAY_MS = 86_400_000
const BEGIN = Date.parse('2026-01-05T00:00:00Z')
const dayAt = (day: number): string => new Date(BEGIN + day * DAY_MS).toISOString().slice(0, 16)
/** After so many days the forecast has what it asks for, and every template has something left. */
const DAYS = 14

/** One microstep finished a day, in an order in which they can be. @returns what the forecast makes of it */
function forecastAfter(plan: FlatPlan) {
  const order: string[] = []
  for (let current = plan; order.length < microsteps(plan).length; ) {
    const ready = readySet(current)
    order.push(...ready)
    current = applyChanges(current, ready.map((id) => ({ op: 'update' as const, id, set: { status: 'done' } })))
  }
  const milestoneOf = (id: string): string => {
    const { parentId } = plan.items.get(id)!
    return parentId === null ? id : milestoneOf(parentId)
  }
  const tracked = order.map((id, day) => microstep(id, dayAt(0), day < DAYS ? [[dayAt(day), 'in_progress'], [`${dayAt(day).slice(0, 11)}12:00`, 'done']] : [], { milestone: milestoneOf(id) }))
  const milestones = plan.children.get(null)!.map((key) => ({ key, title: key, dueDate: null }))
  return { left: Math.max(0, order.length - DAYS), forecast: forecastOf(tracked, milestones, BEGIN + DAYS * DAY_MS, { simulations: 500 }) }
}

describe('built-in templates', () => {
  it('are those of sdk/templates, as they are written by sdk/scripts/write-templates.ts', () => {
    const written = files.map((file) => parseTemplate(textOf(file)).template!)
    const older = existsSync(new URL('released/', folder)) ? readdirSync(new URL('released/', folder)).sort().map((file) => parseTemplate(textOf(`released/${file}`)).template!) : []
    expect(readFileSync(new URL('_generated/built-in.ts', import.meta.url), 'utf8')).toBe(builtInModule(written, older))
    expect(readFileSync(new URL('../../../template.schema.json', import.meta.url), 'utf8')).toBe(templateJsonSchemaText())
    expect(files).toEqual(NAMES.map((name) => `${name}.yml`))
  })

  it('are there in every version that was released, with the content that they had', async () => {
    const released = JSON.parse(textOf('released.json')) as Record<string, string>
    expect(Object.keys(released)).toEqual(expect.arrayContaining(templates.map(({ name, version }) => `${name}@${version}`)))
    for (const [key, digest] of Object.entries(released)) {
      const [name = '', version = ''] = key.split('@')
      expect(await findUsed([builtIn], { name, version, digest, values: {} })).toMatchObject({ name, version })
    }
  })

  it('are at least ten, and three packs', () => {
    expect(NAMES).toEqual(expect.arrayContaining(['web-app', 'api-service', 'library-release', 'data-migration', 'incident-follow-up', 'security-review', 'mobile-release', 'onboarding', 'react', 'nextjs']))
    expect(PACKS.map(({ name }) => name)).toEqual(['auth', 'ci', 'observability'])
  })

  it('are found by name, with a suggestion for what is nearly one', async () => {
    expect((await findTemplate([builtIn], 'web-app', '^1.0.0')).name).toBe('web-app')
    await expect(findTemplate([builtIn], 'web-ap', '*', NAMES)).rejects.toThrow('There is no template "web-ap". Did you mean "web-app"?')
    await expect(findTemplate([builtIn], 'web-app', '^9.0.0')).rejects.toMatchObject({ reason: 'version', versions: [builtInTemplate('web-app')!.version] })
  })
})

describe.each(templates)('$name', (template) => {
  it('has no fault and no remark, with any of its choices', () => expect(parseTemplate(textOf(`${template.name}.yml`)).problems).toEqual([]))

  it('makes a plan whose microsteps all say when they are done and how long they take', () => {
    const plan = flatOf(template)
    for (const { id, fields } of microsteps(plan)) {
      expect([id, (fields.acceptanceCriteria ?? []).length > 0, expectedHours(fields.estimate!) > 0]).toEqual([id, true, true])
      for (const { id: criterion, text, check } of fields.acceptanceCriteria ?? []) {
        expect([id, criterion, text.endsWith('.')]).toEqual([id, expect.any(String), true])
        expect(checkSchema.safeParse(check).success).toBe(true)
      }
    }
  })

  it('can be worked through to its end, along its critical path', () => {
    const plan = flatOf(template)
    const { ids, cyclic, expectedHours: hours, assumed } = criticalPath(plan)
    expect([cyclic, assumed.microsteps]).toEqual([[], 0])
    expect(hours).toBeGreaterThan(8)
    expect(workThrough(plan)).toBeGreaterThanOrEqual(Math.min(ids.length, 3))
  })

  it('has a forecast once work on it is under way', () => {
    const { left, forecast } = forecastAfter(flatOf(template))
    if (left === 0) return expect(forecast.reason).toBe('NOTHING_LEFT')
    expect([forecast.reason, forecast.remaining, forecast.percentiles.map(({ percent }) => percent)]).toEqual([null, left, [50, 70, 85, 95]])
    const dates = forecast.percentiles.map(({ date }) => date)
    expect(dates).toEqual([...dates].sort())
  })

  it('brings a policy that compiles and refuses what is done without evidence, or has none', () => {
    const { policy } = instantiate(uses(template))
    const { policy: parsed, problems } = parsePolicy(policyText(policy))
    expect(problems).toEqual([])
    const compiled = compilePolicy(parsed!)
    const isAsked = [...policy.rules].some(({ when }) => (when as string[]).includes('plan.status.set'))
    expect(compiled.needs('plan.status.set').any).toBe(isAsked || policy.phases.length > 0)
  })
})

describe.each(['web-app', 'api-service', 'react', 'nextjs'])('%s with every pack', (name) => {
  it('has all joins met, no conflict, and can be worked through', () => {
    const all = [builtInTemplate(name)!, ...PACKS]
    expect(instantiate(uses(...all)).conflicts.filter(({ severity, kind }) => severity === 'error' || kind === 'join' || kind === 'cycle')).toEqual([])
    const { plan } = instantiate(uses(...all))
    expect(validatePlan(plan)).toEqual([])
    expect(workThrough(flattenPlan(plan!))).toBeGreaterThan(3)
  })
})

