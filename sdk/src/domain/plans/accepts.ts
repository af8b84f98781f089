/** Most values are right. Whether one is takes a schema a tenth of the time it takes it to say what is wrong. */
import * as z from 'zod'

/** True only for a value that the schema accepts. May be false for such a value too: then the schema is to be asked. */
export type Acceptance = (value: unknown) => boolean

type Check = (value: never) => boolean

/** Derives the acceptance from a schema. What is not known here is left to the schema itself. */
export function acceptanceOf(schema: z.core.$ZodType): Acceptance {
  const { def } = (schema as z.core.$ZodTypes)._zod
  const checks = checksOf(def.checks)
  const derived = derive(def)
  if (checks === undefined || derived === undefined) return (value) => z.safeParse(schema, value).success
  return checks.reduce<Acceptance>((accepts, check) => (value) => accepts(value) && check(value as never), derived)
}

function derive(def: z.core.$ZodTypes['_zod']['def']): Acceptance | undefined {
  switch (def.type) {
    case 'object': return objectAcceptance(def)
    case 'array': {
      const element = acceptanceOf(def.element)
      return (value) => Array.isArray(value) && value.every(element)
    }
    case 'optional': {
      const inner = acceptanceOf(def.innerType)
      return (value) => value === undefined || inner(value)
    }
    case 'union': {
      const options = def.options.map(acceptanceOf)
      return (value) => options.some((option) => option(value))
    }
    case 'literal': return oneOf(def.values)
    case 'enum': return oneOf(z.core.util.getEnumValues(def.entries))
    case 'string': return 'format' in def ? undefined : (value) => typeof value === 'string'
    case 'number': return 'format' in def ? undefined : (value) => Number.isFinite(value)
    default: return undefined
  }
}

function oneOf(values: readonly unknown[]): Acceptance {
  const set = new Set(values)
  return (value) => set.has(value)
}

/** Only objects that let unknown keys pass. */
function objectAcceptance({ shape, catchall }: z.core.$ZodObjectDef): Acceptance | undefined {
  if (catchall?._zod.def.type !== 'unknown') return undefined
  const keys = Object.keys(shape)
  const members = keys.map((key) => acceptanceOf(shape[key]!))
  // Most members of most objects are absent: that is known without a call.
  const mayLack = members.map((accepts) => accepts(undefined))
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    for (let index = 0; index < keys.length; index++) {
      const member = (value as Record<string, unknown>)[keys[index]!]
      if (member === undefined ? !mayLack[index] : !members[index]!(member)) return false
    }
    return true
  }
}

/** Undefined where one of the checks is not known. */
function checksOf(checks: z.core.$ZodTypeDef['checks']): Check[] | undefined {
  const known = (checks ?? []).map((check) => checkOf((check as z.core.$ZodChecks)._zod.def))
  return known.includes(undefined) ? undefined : (known as Check[])
}

function checkOf(def: z.core.$ZodChecks['_zod']['def']): Check | undefined {
  switch (def.check) {
    case 'min_length': return (value: string) => value.length >= def.minimum
    case 'max_length': return (value: string) => value.length <= def.maximum
    case 'greater_than': return (value: number) => value > (def.value as number) || (def.inclusive && value === def.value)
    case 'less_than': return (value: number) => value < (def.value as number) || (def.inclusive && value === def.value)
    case 'string_format': {
      const { pattern } = def
      return def.format === 'regex' && pattern !== undefined && !pattern.global && !pattern.sticky ? (value: string) => pattern.test(value) : undefined
    }
    default: return undefined
  }
}
