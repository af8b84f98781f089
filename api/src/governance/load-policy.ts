/** Loads the operator's policy at start-up. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DEFAULT_OPERATOR_POLICY, toOperatorPolicy } from '@buildrunner/schema/shared/operator-policy'
import type { OperatorPolicy } from '@buildrunner/schema/shared/operator-policy'
import { parseOperatorPolicy } from '@buildrunner/sdk/policy'
import { StartupError } from '../exit-codes.ts'

export interface PolicySource {
  /** Of the checkout, whose `governance/policy.yml` counts where no other file is named. It may be absent. */
  readonly root: string
  /** BUILDRUNNER_POLICY: absolute. This file must be there. */
  readonly file?: string | undefined
}

/**
 * Reads the policy file. What it does not say has the value of `DEFAULT_OPERATOR_POLICY`.
 *
 * @throws StartupError `configuration` that lists everything that is wrong, each with line, column and a caret
 */
export function loadPolicy({ root, file }: PolicySource): OperatorPolicy {
  const path = file ?? join(root, 'governance', 'policy.yml')
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && file === undefined) return DEFAULT_OPERATOR_POLICY
    throw new StartupError('configuration', `The policy ${path} cannot be read: ${(error as Error).message}`, 'Correct BUILDRUNNER_POLICY, or make the file readable for this user.', { cause: error })
  }
  return readPolicy(text, path)
}

/** @param path for the error */
export function readPolicy(text: string, path: string): OperatorPolicy {
  const { policy, problems } = parseOperatorPolicy(text)
  if (policy !== null) return toOperatorPolicy(policy)
  const listed = problems.flatMap(({ line, column, message, remedy, frame }) => [`  ${path}:${line}:${column} ${message} ${remedy}`, ...frame.split('\n').map((row) => `    ${row}`)])
  throw new StartupError('configuration', ['The policy is not right:', ...listed].join('\n'), 'Correct the file; what is left out has its default.')
}
