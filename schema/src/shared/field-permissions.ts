/** What a field of the schema says about who may use it: `extensions: { permission: 'planner.write' }`. */
import type { GraphQLField } from 'graphql'
import type { Permission } from './permissions.ts'

/** Rates of the operator's policy that are counted by attempt. */
export type RateName = 'signUp' | 'signIn' | 'passwordReset'

declare module 'graphql/type/definition.js' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    /** The permission that its service asks for. Absent on a mutation: whoever sends it needs none. */
    permission?: Permission
    /** Asked for instead where the thing is somebody else's: their comment, their key. */
    permissionForOthers?: Permission
    /** A rate of its own, by address, beside the points of its cost. */
    rate?: RateName
  }
}

/** The permission that a field names; null when it needs none. */
export const permissionOf = ({ extensions }: GraphQLField<unknown, unknown>): Permission | null => extensions.permission ?? null
/** The permission for what belongs to somebody else; null when that makes no difference. */
export const permissionForOthersOf = ({ extensions }: GraphQLField<unknown, unknown>): Permission | null => extensions.permissionForOthers ?? null
