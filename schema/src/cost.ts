/**
 * Costs of documents that come again. What an operation costs depends on its document and on the page sizes asked for, not on
 * who asks or for what: counted once, it is known.
 */
import { complexityFromQuery } from '@pothos/plugin-complexity'
import { Kind, visit } from 'graphql'
import type { DocumentNode, GraphQLSchema } from 'graphql'
import { LIMITS } from './builder.ts'

/** Page sizes that are remembered for each document. */
const MAX_SIZES = 1_000

interface Known {
  /** Variables that a page size is taken from. */
  readonly variables: readonly string[]
  readonly costs: Map<string, Cost>
}

interface Cost {
  readonly points: number
  readonly isWithin: boolean
}

export interface Costs {
  /** Points of an operation, at least 1: about one for each field of its answer. */
  costOf(document: DocumentNode, variables: Readonly<Record<string, unknown>>): number
  /** Whether an operation stays within the limits. One that does not is left to its execution, which says what is too much. */
  isWithinLimits(document: DocumentNode, variables: Readonly<Record<string, unknown>>): boolean
}

export function createCosts(schema: GraphQLSchema): Costs {
  const documents = new WeakMap<DocumentNode, Known>()

  function count(document: DocumentNode, variables: Readonly<Record<string, unknown>>): Cost {
    try {
      const { complexity, depth, breadth } = complexityFromQuery(document, { schema, variables: { ...variables }, ctx: {} })
      return { points: Math.max(1, Math.ceil(complexity)), isWithin: complexity <= LIMITS.complexity && depth <= LIMITS.depth && breadth <= LIMITS.breadth }
    } catch {
      return { points: 1, isWithin: false } // variables of the wrong type: the execution says which
    }
  }

  function lookUp(document: DocumentNode, variables: Readonly<Record<string, unknown>>): Cost {
    let known = documents.get(document)
    if (known === undefined) documents.set(document, (known = { variables: pageSizes(document), costs: new Map() }))
    const key = known.variables.length === 0 ? '' : JSON.stringify(known.variables.map((name) => variables[name] ?? null))
    let cost = known.costs.get(key)
    if (cost === undefined) {
      cost = count(document, variables)
      if (known.costs.size < MAX_SIZES) known.costs.set(key, cost)
    }
    return cost
  }

  return {
    costOf: (document, variables) => lookUp(document, variables).points,
    isWithinLimits: (document, variables) => lookUp(document, variables).isWithin,
  }
}

function pageSizes(document: DocumentNode): string[] {
  const names = new Set<string>()
  visit(document, {
    Argument({ name, value }) {
      if ((name.value === 'first' || name.value === 'last') && value.kind === Kind.VARIABLE) names.add(value.name.value)
    },
  })
  return [...names]
}
