/** The syntax tree of a condition: what lies below a node, and which fact it names. */
import type { ASTNode } from '@marcbachmann/cel-js'
import { FACTS, FACT_TYPES } from './facts.ts'
import type { FactField, ObjectType } from './facts.ts'

const isNode = (value: unknown): value is ASTNode => typeof value === 'object' && value !== null && 'op' in value && 'start' in value

/** The nodes right below one, as they are written. */
export function childrenOf({ args }: ASTNode): ASTNode[] {
  const found: ASTNode[] = []
  const visit = (value: unknown): void => {
    if (isNode(value)) found.push(value)
    else if (Array.isArray(value)) value.forEach(visit)
  }
  visit(args)
  return found
}

/** `item.evidence.passed` of nested accesses; null for what does not begin with a name. */
export function pathOf(node: ASTNode): string[] | null {
  if (node.op === 'id') return [node.args]
  if (node.op !== '.') return null
  const path = pathOf(node.args[0])
  return path === null ? null : [...path, node.args[1]]
}

/** The fact that a path names, as far as it leads. */
export function factAt(path: readonly string[]): { field: FactField; name: string } | undefined {
  let field = Object.hasOwn(FACTS, path[0] as string) ? FACTS[path[0] as keyof typeof FACTS] : undefined
  if (field === undefined) return undefined
  let name = path[0] as string
  for (const part of path.slice(1)) {
    const next: FactField | undefined = FACT_TYPES[field.type as ObjectType]?.[part]
    if (next === undefined) break
    field = next
    name += `.${part}`
  }
  return { field, name }
}
