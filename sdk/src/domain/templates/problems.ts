/** Codes of everything that can be wrong with a template or a value, each with its meaning in one line. Codes are stable: tools match on them. */
export const TEMPLATE_PROBLEMS = {
  syntax: 'The text is neither JSON nor YAML.',
  structure: 'A value of the template is missing, or has not the form that the format asks for.',
  'newer-format': 'The template is in a newer format than this program knows.',
  'unknown-key': 'A key is not part of the format.',
  expression: 'A placeholder or condition is no expression, or speaks of a parameter that is not declared.',
  'duplicate-variable': 'Two parameters have one name.',
  'unused-variable': 'A parameter is declared and never used.',
  'reserved-name': 'A name has a meaning of its own already.',
  'unknown-item': 'A dependency or join names an item that the template does not hold.',
  'invalid-default': 'The default of a parameter is none of the values it accepts.',
  'value-missing': 'A parameter without a default was given no value.',
  'value-invalid': 'A value is none that the parameter accepts.',
  'value-unknown': 'A value was given for a parameter that is not declared.',
  'invalid-plan': 'What the template gives is no valid plan.',
  'invalid-policy': 'What the template says of rules is no valid policy.',
  'placeholder-text': 'A text still holds what was written to fill a gap.',
  'no-criteria': 'An item has no acceptance criterion.',
} as const

/** What can be wrong with a template or a value. */
export type TemplateProblemCode = keyof typeof TEMPLATE_PROBLEMS
