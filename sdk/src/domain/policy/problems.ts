/** Codes of everything that can be wrong with a policy file, each with its meaning in one line. Codes are stable: tools match on them. */
export const POLICY_PROBLEMS = {
  'empty-file': 'The file holds nothing.',
  'too-long': 'The file or a list in it is longer than is read.',
  syntax: 'The text is no YAML.',
  'duplicate-key': 'A mapping names one key twice.',
  'duplicate-id': 'Two rules or two phases have one name.',
  'newer-version': 'The file is in a newer format than this program knows.',
  'missing-field': 'A key is absent that must be there.',
  'unknown-key': 'A key is not part of the format.',
  'invalid-value': 'A value is none that is accepted here.',
  'unknown-action': 'A rule is asked for an action that does not exist.',
  'unknown-fact': 'A condition or message speaks of a fact that does not exist.',
  'condition-syntax': 'A condition is no expression.',
  'condition-type': 'A condition compares what cannot be compared, or is neither true nor false.',
  'condition-limit': 'A condition does what conditions may not, or too much of it.',
  'absent-fact': 'A condition speaks of the changed item where none is changed.',
  'unused-field': 'A key says nothing to the effect of its rule.',
  'empty-gate': 'A gate asks for the criteria of phases before it, and there are none.',
  'ignored-section': 'A section counts in the file of the server\'s operator only.',
} as const

/** A code of {@link POLICY_PROBLEMS}. */
export type PolicyProblemCode = keyof typeof POLICY_PROBLEMS
