/** What a step says to GitHub Actions: workflow commands on stdout, and files that variables name. */
import { appendFileSync } from 'node:fs'

export interface Place {
  readonly file: string
  readonly line?: number | undefined
  readonly column?: number | undefined
}

/** Prints an annotation. GitHub reads one command a line: line breaks in it are escaped, and what parts its properties. */
export function annotate(level: 'error' | 'warning', message: string, { file, line, column }: Place): void {
  const properties = Object.entries({ file, line, col: column }).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${property(String(value))}`]))
  console.log(`::${level} ${properties.join(',')}::${data(message)}`)
}

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

/** Appends markdown to the job summary; prints it where there is none. */
export function summarise(markdown: string): void {
  const file = process.env['GITHUB_STEP_SUMMARY']
  if (file) appendFileSync(file, `${markdown}\n`)
  else console.log(markdown)
}

/** Sets an output of the step. */
export function output(name: string, value: number): void {
  const file = process.env['GITHUB_OUTPUT']
  if (file) appendFileSync(file, `${name}=${value}\n`)
}
