/** The operations of the catalogue as types: what each takes and answers, read off the client's own methods. */
import type { Groups } from '../_generated/index.ts'
import type { Request } from '../request.ts'

type Method = (...args: never[]) => unknown
type MethodsOf<Group> = { [Name in keyof Group as Group[Name] extends (...args: never[]) => Request<unknown> ? Name : never]: Group[Name] }

type Methods = {
  [Group in keyof Groups as `${Group}`]: MethodsOf<Groups[Group]>
}

/** The name of an operation, as in the catalogue: `planning_getPlan` is `client.planning.getPlan`. Subscriptions are not among them. */
export type OperationName = { [Group in keyof Methods]: `${Group & string}_${keyof Methods[Group] & string}` }[keyof Methods]

type MethodOf<Name extends OperationName> = Name extends `${infer Group extends keyof Methods & string}_${infer Key}`
  ? Key extends keyof Methods[Group]
    ? Methods[Group][Key]
    : never
  : never

/** What an operation takes. */
export type VariablesOf<Name extends OperationName> = MethodOf<Name> extends Method ? NonNullable<Parameters<MethodOf<Name>>[0]> : never

/** What an operation answers. */
export type DataOf<Name extends OperationName> = MethodOf<Name> extends (...args: never[]) => Request<infer Data> ? Data : never
