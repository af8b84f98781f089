/** The plan engine: format, rules and merge of build plans. Pure: no I/O, no clock, no randomness. */
export * from './types.ts'
export * from './format.ts'
export * from './flat.ts'
export * from './equal.ts'
export * from './changes.ts'
