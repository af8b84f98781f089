/**
 * Which texts there are in which language: the CLI, mails and the server's pages, the site's interface and the console. Exit code 1
 * unless every message is there in every language, parses, and takes the parameters that English takes.
 *
 * `npm run languages`; with `--json` as data.
 */
import { fileURLToPath } from 'node:url'
import { LANGUAGES } from '@buildrunner/sdk/languages'
import { readAreas } from './languages/areas.ts'
import { coverageOf, percent } from './languages/coverage.ts'
import type { AreaCoverage } from './languages/coverage.ts'

const SHOWN = 40

const row = (cells: readonly string[]): string => `${cells[0]!.padEnd(18)}${cells.slice(1).map((cell) => cell.padStart(10)).join('')}\n`

export const coverage = (root: string): AreaCoverage[] => readAreas(root).map(coverageOf)

export const isWhole = (areas: readonly AreaCoverage[]): boolean => areas.every(({ keys, translated, faults }) => faults.length === 0 && LANGUAGES.every((language) => translated[language] === keys))

function print(areas: readonly AreaCoverage[]): void {
  process.stdout.write(row(['', 'keys', ...LANGUAGES, 'faults']))
  for (const { name, keys, translated, faults } of areas) {
    process.stdout.write(row([name, String(keys), ...LANGUAGES.map((language) => `${percent(translated[language], keys)} %`), String(faults.length)]))
  }
  const faults = areas.flatMap((area) => area.faults)
  for (const fault of faults.slice(0, SHOWN)) process.stderr.write(`${fault}\n`)
  if (faults.length > SHOWN) process.stderr.write(`and ${faults.length - SHOWN} more\n`)
}

if (import.meta.main) {
  const areas = coverage(fileURLToPath(new URL('../..', import.meta.url)))
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(areas, null, 2)}\n`)
  else print(areas)
  process.exitCode = isWhole(areas) ? 0 : 1
}
