/**
 * Executes documents that come again with a compiled executor (graphql-jit): a plan of a thousand nodes costs about a
 * third of the interpreter's time. The first execution of a document is interpreted, because compiling costs more than
 * it saves on a document that never returns.
 */
import { compileQuery, isCompiledQuery } from 'graphql-jit'
import type { CompiledQuery } from 'graphql-jit'
import type { Plugin } from 'graphql-yoga'
import type { DocumentNode, ExecutionArgs, ExecutionResult, FieldNode, OperationDefinitionNode } from 'graphql'
import { GraphQLError, Kind, execute, getOperationAST, visit } from 'graphql'

/** A document with many optional variables is compiled in so many forms; what leaves out others is interpreted. */
const MAX_FORMS = 16

/** The compiled executor says where an error lies by line and column only; the rest of the server wants the field's node. */
function withNodes(result: ExecutionResult, document: DocumentNode): ExecutionResult {
  if (result.errors === undefined) return result
  const errors = result.errors.map((error) => {
    const at = error.nodes === undefined ? error.locations?.[0] : undefined
    if (at === undefined) return error
    let found: FieldNode | undefined
    visit(document, {
      Field(node) {
        if (node.loc?.startToken.line === at.line && node.loc.startToken.column === at.column) found = node
      },
    })
    return new GraphQLError(error.message, { nodes: found ?? null, path: error.path, originalError: error.originalError, extensions: error.extensions })
  })
  return { ...result, errors }
}

/**
 * An operation, compiled once for each set of variables that requests leave out, because graphql-jit 0.8 gets two of these wrong:
 * - an input field whose variable was left out (`f(input: { title: $title })`) is null there, where the specification leaves the
 *   field out: an update would remove what it does not name. So it is compiled from the document without these fields;
 * - a variable that is never null and has a default (`$first: Int! = 50`) is refused when it is left out: that is interpreted.
 */
class CompiledOperation {
  readonly #document: DocumentNode
  readonly #name: string | undefined
  /** Variables whose fields go with them. */
  readonly #ofFields: readonly string[]
  readonly #required: readonly string[]
  readonly #forms = new Map<string, CompiledQuery | null>()

  constructor(document: DocumentNode, { name, variableDefinitions = [] }: OperationDefinitionNode) {
    this.#document = document
    this.#name = name?.value
    const inFields = new Set<string>()
    visit(document, { ObjectField: ({ value }) => void (value.kind === Kind.VARIABLE && inFields.add(value.name.value)) })
    const named = variableDefinitions.map(({ variable, type, defaultValue }) => ({ name: variable.name.value, type, hasDefault: defaultValue !== undefined }))
    this.#ofFields = named.filter(({ name, hasDefault }) => inFields.has(name) && !hasDefault).map(({ name }) => name)
    this.#required = named.filter(({ type, hasDefault }) => type.kind === Kind.NON_NULL_TYPE && hasDefault).map(({ name }) => name)
  }

  /** Null where it has to be interpreted. */
  formFor({ schema, variableValues }: ExecutionArgs): CompiledQuery | null {
    const isLeftOut = (name: string): boolean => !Object.hasOwn(variableValues ?? {}, name)
    if (this.#required.some(isLeftOut)) return null
    const leftOut = this.#ofFields.filter(isLeftOut)
    const key = leftOut.join()
    const known = this.#forms.get(key)
    if (known !== undefined || this.#forms.size === MAX_FORMS) return known ?? null
    const document = leftOut.length === 0 ? this.#document : withoutFieldsOf(this.#document, leftOut)
    const compiled = compileQuery(schema, document, this.#name)
    const form = isCompiledQuery(compiled) ? compiled : null
    this.#forms.set(key, form)
    return form
  }
}

const withoutFieldsOf = (document: DocumentNode, variables: readonly string[]): DocumentNode =>
  visit(document, { ObjectField: ({ value }) => (value.kind === Kind.VARIABLE && variables.includes(value.name.value) ? null : undefined) }) as DocumentNode

export function useCompiledExecution(): Plugin {
  /** By the document's operations; undefined for one that came once. */
  const seen = new WeakMap<OperationDefinitionNode, CompiledOperation | undefined>()

  function formFor(args: ExecutionArgs): CompiledQuery | null {
    const operation = getOperationAST(args.document, args.operationName)
    if (operation == null || operation.operation === 'subscription') return null
    if (!seen.has(operation)) {
      seen.set(operation, undefined)
      return null
    }
    let compiled = seen.get(operation)
    if (compiled === undefined) seen.set(operation, (compiled = new CompiledOperation(args.document, operation)))
    return compiled.formFor(args)
  }

  /** What could not even begin, mostly for its variables, is refused in the words of the interpreter. */
  const settle = (args: ExecutionArgs, result: ExecutionResult): ReturnType<typeof execute> => ('data' in result ? withNodes(result, args.document) : execute(args))

  return {
    onExecute({ setExecuteFn }) {
      setExecuteFn((args: ExecutionArgs) => {
        const form = formFor(args)
        if (form === null) return execute(args)
        const result = form.query(args.rootValue, args.contextValue, args.variableValues)
        return result instanceof Promise ? result.then((settled) => settle(args, settled)) : settle(args, result)
      })
    },
  }
}
