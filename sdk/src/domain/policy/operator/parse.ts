/** Reads the operator's policy: the same YAML, problems and frames as a project's. */
import { PolicySource } from '../source.ts'
import type { PolicyProblem } from '../types.ts'
import { OPERATOR_DEFAULTS } from './defaults.ts'
import { OPERATOR_FILE } from './sections.ts'
import type { OperatorFile } from './types.ts'

/** An operator's file that was read; or what is wrong with it. */
export interface ParsedOperatorPolicy {
  /** Null when a problem is an error. */
  readonly policy: OperatorFile | null
  /** By place in the file; with a policy they are remarks. */
  readonly problems: readonly PolicyProblem[]
}

/** Reads the text of the operator's `governance/policy.yml`. What it leaves out has its default. */
export function parseOperatorPolicy(text: string): ParsedOperatorPolicy {
  const source = new PolicySource(text)
  const root = source.hasErrors ? null : source.resolve(source.document.contents)
  const read = root === null ? OPERATOR_DEFAULTS : OPERATOR_FILE.read(root, { source, path: [], fallback: OPERATOR_DEFAULTS })
  return { policy: source.hasErrors ? null : (read ?? null), problems: source.sorted() }
}
