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
  readonly within: Map<string, boolean>
}

export interface Costs {
  /** Whether an operation stays within the limits. One that does not is left to its execution, which says what is too much. */
  isWithinLimits(document: DocumentNode, variables: Readonly<Record<string, unknown>>): boolean
}

export function createCosts(schema: GraphQLSchema): Costs {
  const documents = new WeakMap<DocumentNode, Known>()

  function count(document: DocumentNode, variables: Readonly<Record<string, unknown>>): boolean {
    try {
      const { complexity, depth, breadth } = complexityFromQuery(document, { schema, variables: { ...variables }, ctx: {} })
      return complexity <= LIMITS.complexity && depth <= LIMITS.depth && breadth <= LIMITS.breadth
    } catch {
      return false // variables of the wrong type: the execution says which
    }
  }

  return {
    isWithinLimits(document, variables) {
      let known = documents.get(document)
      if (known === undefined) documents.set(document, (known = { variables: pageSizes(document), within: new Map() }))
      const key = JSON.stringify(known.variables.map((name) => variables[name] ?? null))
      let within = known.within.get(key)
      if (within === undefined) {
        within = count(document, variables)
        if (known.within.size < MAX_SIZES) known.within.set(key, within)
      }
      return within
    },
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
