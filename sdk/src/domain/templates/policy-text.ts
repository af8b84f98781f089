/** The policy of templates as the text of `governance/policy.yml`, new or beside what a project has there. */
import { isMap, isSeq, parseDocument, stringify, type YAMLMap, type YAMLSeq } from 'yaml'
import { parsePolicy } from '../policy/parse.ts'
import type { PolicyMerge } from './policy.ts'
import type { TemplatePolicy, TemplateProblem } from './types.ts'

const IDENTITY = { rules: 'id', phases: 'phase' } as const
const STYLE = { lineWidth: 0 } as const

/** A whole policy file. */
export function policyText({ rules = [], phases = [] }: TemplatePolicy): string {
  return stringify({ version: 1, ...(rules.length > 0 && { rules }), ...(phases.length > 0 && { phases }) }, STYLE)
}

/** What a policy that templates make would be refused for. */
export function policyProblems(policy: TemplatePolicy): TemplateProblem[] {
  if ((policy.rules ?? []).length + (policy.phases ?? []).length === 0) return []
  return parsePolicy(policyText(policy)).problems.map(({ severity, pointer, message, remedy }) => ({ code: 'invalid-policy', severity, pointer: '/policy', message: `${message} (${pointer} of the policy)`, remedy }))
}

/** The rules and gates that a policy file has, as they stand there. */
export function policyEntries(text: string): TemplatePolicy {
  const value = parseDocument(text).toJS() as TemplatePolicy | null
  return { rules: value?.rules ?? [], phases: value?.phases ?? [] }
}

/** Brings the changes of a merge into a policy file; comments, order and everything else in it stay. */
export function applyToPolicyText(text: string, { changes }: Pick<PolicyMerge, 'changes'>): string {
  const document = parseDocument(text)
  if (document.contents === null) document.set('version', 1)
  for (const { list, id, entry } of changes) {
    if (!isSeq(document.get(list))) document.set(list, document.createNode([]))
    const entries = document.get(list) as YAMLSeq
    const at = entries.items.findIndex((node) => isMap(node) && (node as YAMLMap).get(IDENTITY[list]) === id)
    if (entry === null) entries.delete(at)
    else if (at < 0) entries.add(document.createNode(entry))
    else entries.set(at, document.createNode(entry))
  }
  return document.toString(STYLE)
}
