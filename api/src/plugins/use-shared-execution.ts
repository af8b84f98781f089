/**
 * Executes a subscription once for each event and group of equal subscribers, instead of once for each subscriber, and writes its
 * result as JSON once. Only for root fields that say `extensions: { shared: true }`: what they answer depends on the event alone,
 * never on who asks.
 *
 * Subscribers are equal when they sent the same document (parsed documents are cached, so it is the same object) and the same
 * values for the variables inside the selection; the arguments of the root field (`projectId`, `since`) chose the events already.
 *
 * A subscriber that can be pushed to (a socket) is given source and group, and the iterator that this answers is never asked; for
 * others (server-sent events; whoever acts in somebody else's name, which each of their results says) it is iterated as any other.
 */
import type { Context } from '@buildrunner/schema/context'
import { isPushSource } from '@buildrunner/schema/shared/push'
import type { PushSource } from '@buildrunner/schema/shared/push'
import { createSourceEventStream, execute, getOperationAST, visit } from 'graphql'
import type { DocumentNode, ExecutionArgs, ExecutionResult, FieldNode } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { ServerContext } from '../context.ts'

export interface SharedResult {
  readonly result: ExecutionResult
  /** The result as JSON; undefined where it has errors, which each subscriber is shown in its own way. */
  readonly text: string | undefined
}

const variablesOf = new WeakMap<DocumentNode, readonly string[]>()
const groups = new WeakMap<DocumentNode, Map<string, SharedGroup>>()

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

function share(result: ExecutionResult): SharedResult {
  if (result.errors !== undefined) return { result, text: undefined }
  const text = JSON.stringify(result)
  // Yoga asks a result to write itself, where it can; a plugin that changes a result makes a new one, without this
  Object.defineProperty(result, 'stringify', { value: () => text })
  return { result, text }
}

/** A subscription whose source pushes; whoever takes it ends both. */
export interface SharedSubscription {
  readonly source: PushSource<object>
  readonly group: SharedGroup
}

/** Equal subscribers. It lasts as long as one of them. */
export class SharedGroup {
  readonly #args: ExecutionArgs
  readonly #leave: () => void
  readonly #results = new WeakMap<object, SharedResult | Promise<SharedResult>>()
  #members = 0

  constructor({ schema, document, operationName, variableValues, contextValue }: ExecutionArgs, leave: () => void) {
    // of its own: whoever came first may go, and clear its arguments
    this.#args = { schema, document, operationName, variableValues, contextValue }
    this.#leave = leave
  }

  resultOf(event: object): SharedResult | Promise<SharedResult> {
    let shared = this.#results.get(event)
    if (shared === undefined) {
      const contextValue = { ...(this.#args.contextValue as Context), memo: new Map() }
      const result = execute({ ...this.#args, contextValue, rootValue: event }) as ExecutionResult | Promise<ExecutionResult>
      this.#results.set(event, (shared = result instanceof Promise ? result.then(share) : share(result)))
    }
    return shared
  }

  enter(): this {
    this.#members++
    return this
  }

  leave(): void {
    if (--this.#members === 0) this.#leave()
  }
}

function groupOf(args: ExecutionArgs, root: FieldNode): SharedGroup {
  const key = JSON.stringify([args.operationName, ...selectionVariables(args.document, root).map((name) => args.variableValues?.[name])])
  let byKey = groups.get(args.document)
  if (byKey === undefined) groups.set(args.document, (byKey = new Map()))
  let group = byKey.get(key)
  if (group === undefined) byKey.set(key, (group = new SharedGroup(args, () => void byKey.delete(key))))
  return group.enter()
}

async function subscribe(args: ExecutionArgs, root: FieldNode): Promise<AsyncIterable<ExecutionResult> | ExecutionResult> {
  const source = await createSourceEventStream(args)
  if (!(Symbol.asyncIterator in source)) return source
  const { operation, actor } = args.contextValue as Context & ServerContext
  const group = groupOf(args, root)
  if (operation !== undefined && isPushSource(source) && (actor?.impersonator ?? null) === null) {
    operation.push({ source, group })
    return source as AsyncIterable<ExecutionResult>
  }
  return pulled(source as AsyncIterable<object>, group)
}

/** A generator alone would end only after the event that it waits for. */
function pulled(source: AsyncIterable<object>, group: SharedGroup): AsyncIterableIterator<ExecutionResult, void> {
  const events = source[Symbol.asyncIterator]() as AsyncIterator<object, void>
  let entered = true
  const leave = (): void => {
    if (entered) group.leave()
    entered = false
  }
  return {
    async next() {
      try {
        const { done, value } = await events.next()
        if (!done) return { done, value: (await group.resultOf(value)).result }
      } catch (error) {
        leave()
        throw error
      }
      leave()
      return { done: true, value: undefined }
    },
    async return() {
      leave()
      await events.return?.()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

export const useSharedExecution = (): Plugin => ({
  onSubscribe({ args, setSubscribeFn }) {
    const root = rootOf(args as ExecutionArgs)
    const field = root && args.schema.getSubscriptionType()?.getFields()[root.name.value]
    if (root && field?.extensions['shared'] === true) setSubscribeFn(((late: ExecutionArgs) => subscribe(late, root)) as never)
  },
})
