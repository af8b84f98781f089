/**
 * Executes a subscription once for each event and group of equal subscribers, instead of once for each subscriber. Only for
 * root fields that say `extensions: { shared: true }`: what they answer depends on the event alone, never on who asks.
 *
 * Subscribers are equal when they sent the same document (parsed documents are cached, so it is the same object) and the same
 * values for the variables inside the selection; the arguments of the root field (`projectId`, `since`) chose the events already.
 */
import { createSourceEventStream, execute, getOperationAST, visit } from 'graphql'
import type { DocumentNode, ExecutionArgs, ExecutionResult, FieldNode } from 'graphql'
import type { Plugin } from 'graphql-yoga'

const variablesOf = new WeakMap<DocumentNode, readonly string[]>()
const results = new WeakMap<object, Map<DocumentNode, Map<string, ExecutionResult | Promise<ExecutionResult>>>>()

const rootOf = ({ document, operationName }: ExecutionArgs): FieldNode | undefined => {
  const [root] = getOperationAST(document, operationName)?.selectionSet.selections ?? []
  return root?.kind === 'Field' ? root : undefined
}

/** Names of the variables that a result depends on: all but those in the root field's arguments. */
export function selectionVariables(document: DocumentNode, root: FieldNode): readonly string[] {
  let names = variablesOf.get(document)
  if (names === undefined) {
    const found = new Set<string>()
    visit(document, {
      VariableDefinition: () => false,
      Argument: (_node, _key, _parent, _path, ancestors) => (ancestors.at(-1) === root ? false : undefined),
      Variable: (node) => void found.add(node.name.value),
    })
    variablesOf.set(document, (names = [...found].sort()))
  }
  return names
}

function executeShared(args: ExecutionArgs, root: FieldNode, event: object): ExecutionResult | Promise<ExecutionResult> {
  const key = JSON.stringify([args.operationName, ...selectionVariables(args.document, root).map((name) => args.variableValues?.[name])])
  let byDocument = results.get(event)
  if (byDocument === undefined) results.set(event, (byDocument = new Map()))
  let byKey = byDocument.get(args.document)
  if (byKey === undefined) byDocument.set(args.document, (byKey = new Map()))
  let result = byKey.get(key)
  if (result === undefined) byKey.set(key, (result = execute({ ...args, rootValue: event }) as ExecutionResult | Promise<ExecutionResult>))
  return result
}

async function subscribe(args: ExecutionArgs, root: FieldNode): Promise<AsyncGenerator<ExecutionResult, void> | ExecutionResult> {
  const source = await createSourceEventStream(args)
  if (!(Symbol.asyncIterator in source)) return source
  const events = source[Symbol.asyncIterator]() as AsyncIterator<object>
  const shared: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      const { done, value } = await events.next()
      return done ? { done, value: undefined } : { done: false, value: await executeShared(args, root, value) }
    },
    async return() {
      await events.return?.()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
  // what graphql-js answers is typed as a generator; its users call `next` and `return`
  return shared as AsyncGenerator<ExecutionResult, void>
}

export const useSharedExecution = (): Plugin => ({
  onSubscribe({ args, setSubscribeFn }) {
    const root = rootOf(args as ExecutionArgs)
    const field = root && args.schema.getSubscriptionType()?.getFields()[root.name.value]
    if (root && field?.extensions['shared'] === true) setSubscribeFn((late: ExecutionArgs) => subscribe(late, root))
  },
})
