/** Why a rule applies or not: each rule that an action meets, with the value of every part of its condition. */
import type { ASTNode } from '@marcbachmann/cel-js'
import { Scope, environment } from './cel.ts'
import { Compiled, judge } from './compile.ts'
import { childrenOf } from './condition-ast.ts'
import { isMacro } from './condition.ts'
import type { PolicyFacts } from './facts.ts'
import type { CompiledPolicy, Effect } from './types.ts'

/** One part of a condition and what it is worth. */
export interface ExplainedPart {
  /** As it stands in the condition. */
  readonly text: string
  /** Of the condition's characters. */
  readonly start: number
  /** Exclusive. */
  readonly end: number
  /** JSON; times as ISO texts. Null where `failure` says why there is none. */
  readonly value: unknown
  /** Why the part could not be evaluated; absent where it could. */
  readonly failure?: string
}

/** One rule that an action meets. */
export interface ExplainedRule {
  /** Its id in the policy. */
  readonly ruleId: string
  /** In the policy's file; one-based. */
  readonly line: number
  /** What the rule does where it applies. */
  readonly effect: Effect
  /** CEL; empty: always. */
  readonly condition: string
  /** The condition holds, is empty, or could not be evaluated. */
  readonly applies: boolean
  /** Why the condition could not be evaluated; the rule then applies. */
  readonly failure?: string
  /** From the whole condition down to the facts, in the order of the text; empty without a condition. */
  readonly parts: readonly ExplainedPart[]
}

const LITERALS = new Set(['value', 'list', 'map'])
const CHAINS = new Set(['&&', '||'])

/** Nodes worth showing: not literals, and not what a macro says of each element, which has no one value. */
function* partsOf(node: ASTNode): Iterable<ASTNode> {
  if (LITERALS.has(node.op)) return
  yield node
  if (node.op === '.' || node.op === 'id') return
  const children = childrenOf(node)
  for (const child of isMacro(node) ? children.slice(0, 1) : children) {
    // of a && b && c the three, and not a && b
    const [, ...below] = child.op === node.op && CHAINS.has(node.op) ? partsOf(child) : [child, ...partsOf(child)]
    yield* below
  }
}

function shown(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(shown)
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(inner)])) : value
}

function explainPart(condition: string, { start, end }: ASTNode, scope: Scope): ExplainedPart {
  const text = condition.slice(start, end)
  try {
    return { text, start, end, value: shown(environment.parse(text)(scope)) }
  } catch (error) {
    return { text, start, end, value: null, failure: (error as { summary?: string }).summary ?? (error as Error).message }
  }
}

/**
 * Explains what a policy says of a write.
 *
 * @param actions those of `actionsOf`, or the name of one action
 * @returns every rule whose `when` means one of the actions, whether it applies or not
 */
export function explainPolicy(compiled: CompiledPolicy, actions: string | readonly string[], facts: PolicyFacts): readonly ExplainedRule[] {
  if (!(compiled instanceof Compiled)) throw new TypeError('compilePolicy makes what can be explained')
  const scope = new Scope(facts)
  return compiled.asked(actions).rules.map((one) => {
    const { rule: { id, line, effect }, condition } = one
    const judged = judge(one, scope)
    const parts = condition === null ? [] : [...partsOf(condition.ast)].map((node) => explainPart(condition.text, node, scope))
    return { ruleId: id, line, effect, condition: condition?.text ?? '', applies: judged !== false, ...(typeof judged === 'object' && judged), parts }
  })
}
