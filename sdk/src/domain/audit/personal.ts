import { equalsHex } from './hash.ts'
import type { RecordLine } from './line.ts'
import type { Findings } from './report.ts'

/**
 * Holds personal data against what the record commits to. True when it was erased, which leaves the commitment.
 *
 * @param computed - Of the salt and the data that are there.
 */
export function checkPersonal({ sequence, id: recordId, personalCommitment: commitment, personal, personalSalt }: RecordLine, computed: Uint8Array, findings: Findings): boolean {
  const isGone = personal === null && personalSalt === null
  const fits = isGone || (commitment !== null && personal !== null && personalSalt !== null && equalsHex(computed, commitment))
  if (!fits) findings.add({ kind: 'personal-data-changed', sequence, recordId, message: `The personal data of record ${sequence} is not what the record commits to.` })
  return isGone && commitment !== null
}
