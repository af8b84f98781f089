/** Reads a project's policy: YAML, structure, conditions, and what must hold between the parts. */
import { isMap, isScalar, isSeq } from 'yaml'
import type { Node, YAMLMap } from 'yaml'
import { gateDigest, ruleDigest } from './digest.ts'
import { factAt } from './condition-ast.ts'
import { readCondition } from './condition.ts'
import { POLICY_DEFAULTS, policyField } from './format.ts'
import type { PhaseText, PolicyText, RuleText } from './format.ts'
import { changesItems, meansAction } from './names.ts'
import { POLICY_ACTIONS } from './actions.ts'
import { OPERATOR_SECTIONS } from './operator/sections.ts'
import { PolicySource } from './source.ts'
import type { PhaseGate, Policy, PolicyProblem, PolicyRule } from './types.ts'

/** A policy that was read, with remarks; or what is wrong with it. */
export type ParsedPolicy =
  | { readonly policy: Policy; readonly problems: readonly PolicyProblem[] }
  | { readonly policy: null; readonly problems: readonly PolicyProblem[] }

/**
 * Reads the text of a policy file.
 *
 * @returns every problem, with line, column and a frame that shows the place; `policy` is null when one of them is an error
 * @example
 * ```ts
 * const { policy, problems } = parsePolicy('version: 1\nrules: []\n')
 * ```
 */
export function parsePolicy(text: string): ParsedPolicy {
  const source = new PolicySource(text)
  const root = source.hasErrors ? null : source.resolve(source.document.contents)
  if (source.hasErrors) return { policy: null, problems: source.sorted() }
  if (root === null) {
    source.report([0, 0], { code: 'empty-file', path: [], message: 'The policy is empty.', remedy: 'Begin it with "version: 1".' })
    return { policy: null, problems: source.sorted() }
  }
  const read = policyField(OPERATOR_SECTIONS).read(root, { source, path: [], fallback: POLICY_DEFAULTS })
  hintAtOperator(source, root)
  const ignoredSections = isMap(root) ? reportSections(source, root) : []
  const places = { rules: nodesOf(source, root, 'rules'), phases: nodesOf(source, root, 'phases') }
  // what holds between the parts is worth saying only of parts that are right
  if (read === undefined || source.hasErrors) return { policy: null, problems: source.sorted() }
  checkRules(source, places.rules, read)
  checkPhases(source, places.phases, read.phases)
  if (source.hasErrors) return { policy: null, problems: source.sorted() }
  const lineOf = (node: Node | undefined): number => (node === undefined ? 1 : source.positionOf(node.range?.[0] ?? 0).line)
  const rules = read.rules.map((rule, index): PolicyRule => withDigest({ ...rule, line: lineOf(places.rules[index]) }, ruleDigest))
  const phases = read.phases.map((gate, index): PhaseGate => withDigest({ ...gate, line: lineOf(places.phases[index]) }, gateDigest))
  return { policy: { version: 1, rules, phases, ignoredSections }, problems: source.sorted() }
}

const withDigest = <Value>(value: Value, digest: (value: Value) => string): Value & { digest: string } => ({ ...value, digest: digest(value) })

/** A file of nothing but such sections was meant for somebody else. */
function hintAtOperator(source: PolicySource, root: Node): void {
  const keys = isMap(root) ? root.items.map(({ key }) => String(isScalar(key) ? key.value : '')) : []
  const at = source.problems.findIndex(({ code, pointer }) => code === 'missing-field' && pointer === '')
  if (at < 0 || !keys.every((key) => OPERATOR_SECTIONS.has(key))) return
  source.problems[at] = { ...source.problems[at] as PolicyProblem, remedy: 'Add version: 1. If this is the file of a server\'s operator: br governance validate --operator.' }
}

function nodesOf(source: PolicySource, root: Node, key: string): Node[] {
  const list = isMap(root) ? source.resolve(root.get(key, true) as Node | undefined) : null
  return isSeq(list) ? list.items.flatMap((item) => source.resolve(item as Node) ?? []) : []
}

function reportSections(source: PolicySource, root: YAMLMap): string[] {
  return root.items.flatMap(({ key }) => {
    const name = isScalar(key) ? String(key.value) : ''
    if (!OPERATOR_SECTIONS.has(name)) return []
    source.report(key as Node, { code: 'ignored-section', severity: 'warning', path: [name], message: `${name} counts in the file of the server's operator only, and is ignored here.`, remedy: 'Take it out, or give it to whoever runs the server (governance/policy.yml there).' })
    return [name]
  })
}

/** The node of a key, else the whole: what a report points at. */
const partOf = (node: Node, key: string): Node => (isMap(node) ? ((node.get(key, true) as Node | undefined) ?? node) : node)

function checkRules(source: PolicySource, nodes: readonly Node[], { rules }: PolicyText): void {
  const lines = new Map<string, number>()
  rules.forEach((rule, index) => {
    const node = nodes[index] as Node
    const path = ['rules', index]
    const id = partOf(node, 'id')
    const earlier = lines.get(rule.id)
    if (earlier !== undefined) source.report(id, { code: 'duplicate-id', path: [...path, 'id'], message: `Two rules are called ${rule.id}; the first is on line ${earlier}.`, remedy: 'Give one of them another id.' })
    else lines.set(rule.id, source.positionOf(id.range?.[0] ?? 0).line)
    checkEffect(source, node, rule, path)
    checkFacts(source, node, rule, path)
  })
}

function checkEffect(source: PolicySource, node: Node, { effect, approvals, notify }: RuleText, path: (string | number)[]): void {
  const at = partOf(node, 'effect')
  if (effect === 'require_approval' && approvals === null) source.report(at, { code: 'missing-field', path, message: 'Nobody is named who may approve.', remedy: 'Add approvals: { roles: [TechLead] }.' })
  if (effect === 'notify' && (notify === null || notify.roles.length + notify.people.length === 0)) source.report(at, { code: 'missing-field', path, message: 'Nobody is named who is told.', remedy: 'Add notify: { roles: [PM] }.' })
  for (const [key, value, of] of [['approvals', approvals, 'require_approval'], ['notify', notify, 'notify']] as const) {
    if (value !== null && effect !== of) source.report(partOf(node, key), { code: 'unused-field', severity: 'warning', path: [...path, key], message: `${key} says nothing to the effect ${effect}.`, remedy: `Take it out, or write effect: ${of}.` })
  }
}

/** A rule that speaks of the changed item where none is changed would see only zeros. */
function checkFacts(source: PolicySource, node: Node, { condition, when }: RuleText, path: (string | number)[]): void {
  const read = condition === '' ? undefined : readCondition(condition)
  if (read === undefined || 'code' in read) return
  const ofItem = [...read.facts].find((fact) => ['item', 'before'].includes(fact.split('.', 1)[0] as string))
  if (ofItem === undefined || POLICY_ACTIONS.some((action) => changesItems(action) && when.some((pattern) => meansAction(pattern, action)))) return
  source.report(partOf(node, 'condition'), { code: 'absent-fact', severity: 'warning', path: [...path, 'condition'], message: `${factAt(ofItem.split('.'))?.name ?? ofItem} is empty here: ${when.join(', ')} changes no item.`, remedy: 'Ask for plan.* in when, or leave the item out.' })
}

function checkPhases(source: PolicySource, nodes: readonly Node[], phases: readonly PhaseText[]): void {
  const seen = new Set<string>()
  phases.forEach(({ phase, require: { criteria } }, index) => {
    const node = nodes[index] as Node
    if (seen.has(phase)) source.report(partOf(node, 'phase'), { code: 'duplicate-id', path: ['phases', index, 'phase'], message: `The phase ${phase} stands here twice.`, remedy: 'Keep one of the two.' })
    seen.add(phase)
    if (criteria === null || index > 0) return
    source.report(partOf(node, 'require'), { code: 'empty-gate', severity: 'warning', path: ['phases', index, 'require', 'criteria'], message: `No phase stands above ${phase}, so that no criteria are asked for.`, remedy: 'List the phases before it, in their order: - phase: Build.' })
  })
}
