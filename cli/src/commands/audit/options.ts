/** What the commands of the audit log share. */
import { Option, type Command } from 'commander'
import { failure } from '../../core/errors.ts'
import { t } from '../../text/text.ts'

export interface ChainOptions {
  chain: 'organisation' | 'platform'
}

export const chainOption = (command: Command): Command =>
  command.addOption(new Option('--chain <chain>', 'whose log').choices(['organisation', 'platform']).default('organisation'))

export const chainOf = ({ chain }: ChainOptions): 'ORGANISATION' | 'PLATFORM' => (chain === 'platform' ? 'PLATFORM' : 'ORGANISATION')

/** A date or a time as ISO 8601 in UTC. A date without a time zone begins at midnight, UTC. @throws INVALID_VALUE */
export function readTime(option: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(value) ? Date.parse(value) : Number.NaN
  if (Number.isNaN(time)) throw failure('INVALID_VALUE', { option, value, expected: t('a date (2026-11-01) or a time with its zone (2026-11-01T09:00:00Z)') })
  return new Date(time).toISOString()
}
