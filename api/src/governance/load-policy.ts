/** Loads the operator's policy at start-up. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DEFAULT_OPERATOR_POLICY } from '@buildrunner/schema/shared/operator-policy'
import type { OperatorPolicy } from '@buildrunner/schema/shared/operator-policy'
import { LineCounter, parseDocument } from 'yaml'
import { StartupError } from '../exit-codes.ts'
import { POLICY_FILE, toOperatorPolicy, toPolicyFile } from './policy-file.ts'

export interface PolicySource {
  /** Of the checkout, whose `governance/policy.yml` counts where no other file is named. It may be absent. */
  readonly root: string
  /** BUILDRUNNER_POLICY: absolute. This file must be there. */
  readonly file?: string | undefined
}

/**
 * Reads the policy file. What it does not say has the value of `DEFAULT_OPERATOR_POLICY`.
 *
 * @throws StartupError `configuration` that lists everything that is wrong, each with line and column
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
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const problems: { offset: number; message: string }[] = document.errors.map(({ pos, message }) => ({ offset: pos[0], message }))
  const fallback = toPolicyFile(DEFAULT_OPERATOR_POLICY)
  const reading = { document, report: (offset: number, message: string) => void problems.push({ offset, message }) }
  // a text that is no YAML has no structure worth reading
  const file = problems.length > 0 || document.contents === null ? fallback : POLICY_FILE.read(document.contents, { reading, path: '', fallback })
  if (file !== undefined && problems.length === 0) return toOperatorPolicy(file)
  const listed = problems.toSorted((a, b) => a.offset - b.offset).map(({ offset, message }) => {
    const { line, col } = lines.linePos(offset)
    return `  ${path}:${line}:${col} ${message}`
  })
  throw new StartupError('configuration', ['The policy is not right:', ...listed].join('\n'), 'Correct the file; what is left out has its default.')
}
