/** Durations as people write them: `30m`, `1h`, `90d`. */
import { failure } from '../../core/errors.ts'
import { t } from '../../text/text.ts'

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 }

/** Seconds. @throws INVALID_VALUE naming the option */
export function readDuration(option: string, value: string): number {
  const [, count = '', unit = ''] = /^(\d{1,6})([smhdw])$/.exec(value) ?? []
  const seconds = value === '0' ? 0 : Number(count) * (SECONDS[unit] ?? NaN)
  if (Number.isNaN(seconds)) throw failure('INVALID_VALUE', { option, value, expected: t('a duration such as 30m, 1h, 90d or 2w') })
  return seconds
}
