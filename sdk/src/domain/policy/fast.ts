/**
 * The common conditions without the interpreter: facts, constants, comparisons, `in`, `&&`, `||`, `!` and tests of texts become
 * closures, some ten times as fast. Everything else is left to it, and so is every evaluation in which a fact is missing: what an
 * error means to `&&` and `||`, and how it reads, the interpreter alone decides.
 */
import type { ASTNode } from '@marcbachmann/cel-js'
import { ZEROS } from './cel.ts'
import type { Scope } from './cel.ts'
import { factAt, pathOf } from './condition-ast.ts'
import { FACTS, FACT_TYPES } from './facts.ts'
import type { FactField, PolicyFacts } from './facts.ts'
import { isLike } from './glob.ts'

type Run = (scope: Scope) => unknown
type Kind = 'string' | 'number' | 'bool' | 'list<string>'

interface Compiled {
  readonly kind: Kind
  readonly run: Run
  /** Of a literal. */
  readonly constant?: string | number | boolean
}

const MISSING = new Error('a fact is missing')

type Owner = Readonly<Record<string, unknown>> | undefined

/** What a fact that was not given is worth, by the rules of `Scope`. @throws MISSING */
function absent({ from, type }: FactField, name: string, root: Owner, owner: Owner, isRequest: boolean): unknown {
  const isSupplied = root !== undefined || !isRequest
  if (name === 'present') return isSupplied
  if (!isSupplied || from === 'request' || (owner !== undefined && name in owner)) return ZEROS[type as Kind]
  throw MISSING
}

/** Reads what was supplied as it is: the objects that the interpreter wants need not be made. */
function compileFact(path: readonly string[]): Compiled | null {
  const fact = factAt(path)
  if (fact === undefined || fact.name !== path.join('.') || fact.field.type in FACT_TYPES || fact.field.type === 'timestamp') return null
  const [root, first, second, ...deeper] = path as [keyof PolicyFacts, ...string[]]
  if (deeper.length > 0) return null
  const { field } = fact
  const isRequest = FACTS[root].from === 'request'
  const kind = field.type as Kind
  if (first === undefined) return { kind, run: ({ facts }) => facts[root] }
  if (second === undefined) return { kind, run: ({ facts }) => { const owner = facts[root] as Owner; return owner?.[first] ?? absent(field, first, owner, owner, isRequest) } }
  return { kind, run: ({ facts }) => { const owner = facts[root] as Owner; const inner = owner?.[first] as Owner; return inner?.[second] ?? absent(field, second, owner, inner, isRequest) } }
}

function compileValue(value: unknown): Compiled | null {
  const constant = typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value
  if (typeof constant === 'string') return { kind: 'string', constant, run: () => constant }
  if (typeof constant === 'number') return { kind: 'number', constant, run: () => constant }
  return typeof constant === 'boolean' ? { kind: 'bool', constant, run: () => constant } : null
}

const COMPARISONS: Readonly<Record<string, (a: Run, b: Run) => Run>> = {
  '==': (a, b) => (scope) => a(scope) === b(scope),
  '!=': (a, b) => (scope) => a(scope) !== b(scope),
  '<': (a, b) => (scope) => (a(scope) as number) < (b(scope) as number),
  '<=': (a, b) => (scope) => (a(scope) as number) <= (b(scope) as number),
  '>': (a, b) => (scope) => (a(scope) as number) > (b(scope) as number),
  '>=': (a, b) => (scope) => (a(scope) as number) >= (b(scope) as number),
}

const TESTS: Readonly<Record<string, (text: string, other: string) => boolean>> = {
  startsWith: (text, other) => text.startsWith(other), endsWith: (text, other) => text.endsWith(other), contains: (text, other) => text.includes(other), like: isLike,
}

const bool = (run: Run): Compiled => ({ kind: 'bool', run })

function compileComparison(op: string, left: ASTNode, right: ASTNode): Compiled | null {
  const [a, b] = [compile(left), compile(right)]
  if (a === null || b === null || a.kind !== b.kind || a.kind === 'list<string>') return null
  const isOrdered = a.kind === 'number' || a.kind === 'string'
  return isOrdered || op === '==' || op === '!=' ? bool((COMPARISONS[op] as (a: Run, b: Run) => Run)(a.run, b.run)) : null
}

function compileIn(left: ASTNode, right: ASTNode): Compiled | null {
  const value = compile(left)
  if (value === null) return null
  if (right.op === 'list') {
    const members = right.args.map(compile)
    if (!members.every((member) => member?.constant !== undefined && member.kind === value.kind)) return null
    const set = new Set(members.map((member) => member?.constant as unknown))
    return bool((scope) => set.has(value.run(scope)))
  }
  const list = compile(right)
  return list?.kind === 'list<string>' && value.kind === 'string' ? bool((scope) => (list.run(scope) as unknown[]).includes(value.run(scope))) : null
}

function compileTest(name: string, receiver: ASTNode, args: readonly ASTNode[]): Compiled | null {
  const test = TESTS[name]
  const [text, other] = [compile(receiver), args[0] === undefined ? null : compile(args[0])]
  return test !== undefined && text?.kind === 'string' && other?.kind === 'string' ? bool((scope) => test(text.run(scope) as string, other.run(scope) as string)) : null
}

/** Of a list; what a text's is counts code points. */
function compileSize(name: string, [of]: readonly ASTNode[]): Compiled | null {
  const list = name === 'size' && of !== undefined ? compile(of) : null
  return list?.kind === 'list<string>' ? { kind: 'number', run: (scope) => (list.run(scope) as unknown[]).length } : null
}

function compileLogic(op: '&&' | '||', left: ASTNode, right: ASTNode): Compiled | null {
  const [a, b] = [compile(left)?.run, compile(right)?.run]
  if (a === undefined || b === undefined) return null
  return bool(op === '&&' ? (scope) => a(scope) && b(scope) : (scope) => a(scope) || b(scope))
}

function compile(node: ASTNode): Compiled | null {
  switch (node.op) {
    case 'value': return compileValue(node.args)
    case 'id': case '.': return compileFact(pathOf(node) ?? [''])
    case '&&': case '||': return compileLogic(node.op, ...node.args)
    case '==': case '!=': case '<': case '<=': case '>': case '>=': return compileComparison(node.op, ...node.args)
    case 'in': return compileIn(...node.args)
    case 'call': return compileSize(...node.args)
    case 'rcall': return compileTest(...node.args)
    case '!_': {
      const inner = compile(node.args)?.run
      return inner === undefined ? null : bool((scope) => inner(scope) === false)
    }
    default: return null
  }
}

/** A condition that was checked, as a closure that gives true or false or throws; null for one that is more than common. */
export function compileFast(ast: ASTNode): ((scope: Scope) => boolean) | null {
  const compiled = compile(ast)
  return compiled?.kind === 'bool' ? (compiled.run as (scope: Scope) => boolean) : null
}
