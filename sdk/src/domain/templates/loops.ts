/** Names that the loops of a template give to elements. */
import type { Template } from './types.ts'

/** Every `as` of a `forEach`, wherever it stands in plan and policy. */
export function loopNames(template: Pick<Template, 'plan' | 'policy'>): Set<string> {
  const names = new Set<string>()
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const { forEach } = value as { forEach?: { as?: unknown } }
    if (typeof forEach?.as === 'string') names.add(forEach.as)
    for (const inner of Object.values(value)) visit(inner)
  }
  visit(template.plan)
  visit(template.policy)
  return names
}
