/** Names of the REST facade: the schema's, in snake_case. */

/** `acceptanceCriteria` is `acceptance_criteria`, `Milestone` is `milestone`; what is in snake_case stays. */
export const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter, index: number) => `${index === 0 ? '' : '_'}${letter.toLowerCase()}`)

/** The value of an enum, as plan documents write it: `IN_PROGRESS` is `in_progress`. */
export const enumName = (value: string): string => value.toLowerCase()
