/** Everything br writes passes here: data to stdout, the rest to stderr, colours and progress only where a terminal reads. */
import { createStyle, wantsColour, type Style } from './style.ts'
import type { CliError } from './errors.ts'

/** The part of a stream that is written to. */
export interface Sink {
  write(text: string): unknown
  isTTY?: boolean
  columns?: number
}

/**
 * Titles and messages come from files and servers: control characters in them must not reach a terminal (they could
 * move the cursor or set the window title). Line feeds, tabs and our own colour sequences pass.
 */
// eslint-disable-next-line no-control-regex
const CONTROL = /\x1b(?!\[[0-9;]*m)|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]/g
export const withoutControls = (text: string): string => text.replace(CONTROL, '')

export interface OutputOptions {
  stdout: Sink
  stderr: Sink
  env: NodeJS.ProcessEnv
  json: boolean
}

export class Output {
  readonly json: boolean
  /** For stdout. */
  readonly style: Style
  /** For stderr. */
  readonly errorStyle: Style
  /** True when a person watches stderr, so that progress makes sense. */
  readonly showsProgress: boolean
  private readonly stdout: Sink
  private readonly stderr: Sink
  private progressShown = false

  constructor({ stdout, stderr, env, json }: OutputOptions) {
    this.stdout = stdout
    this.stderr = stderr
    this.json = json
    this.style = createStyle(!json && wantsColour(stdout, env))
    this.errorStyle = createStyle(!json && wantsColour(stderr, env))
    this.showsProgress = !json && stderr.isTTY === true && env.TERM !== 'dumb' && env.CI === undefined
  }

  /** True when a person reads stdout. */
  get isTerminal(): boolean {
    return this.stdout.isTTY === true
  }

  /** Columns to lay out for; unlimited when no terminal reads, so that pipes get whole lines. */
  get width(): number {
    return this.stdout.isTTY === true ? (this.stdout.columns ?? 80) : Number.POSITIVE_INFINITY
  }

  /** Lines for people; silent with `--json`. */
  lines(lines: Iterable<string> | string): void {
    if (this.json) return
    const text = typeof lines === 'string' ? lines : [...lines].join('\n')
    this.clearProgress()
    this.stdout.write(`${withoutControls(text)}\n`)
  }

  /** The result of a command: `data` with `--json`, the lines otherwise. */
  result(data: unknown, human: () => Iterable<string> | string): void {
    if (this.json) this.stdout.write(`${JSON.stringify(data, null, 2)}\n`)
    else this.lines(human())
  }

  /** Bytes for other programs (an exported file, a script), exactly as they are. */
  raw(text: string): void {
    this.clearProgress()
    this.stdout.write(text)
  }

  /** A remark that is no data: stderr, silent with `--json`. */
  note(text: string): void {
    if (this.json) return
    this.clearProgress()
    this.stderr.write(`${withoutControls(text)}\n`)
  }

  warn(text: string): void {
    this.note(`${this.errorStyle.yellow('!')} ${text}`)
  }

  error(error: CliError): void {
    this.clearProgress()
    if (this.json) {
      this.stderr.write(`${JSON.stringify({ error: error.toReport() })}\n`)
      return
    }
    const { red, dim } = this.errorStyle
    const remedy = error.remedy === undefined ? '' : `\n  ${dim(error.remedy)}`
    this.stderr.write(`${red('✗')} ${withoutControls(error.message + remedy)}\n`)
  }

  /** One line that is replaced by the next; only where a person watches. */
  progress(text: string): void {
    if (!this.showsProgress) return
    this.stderr.write(`\r\x1b[2K${this.errorStyle.dim(withoutControls(text))}`)
    this.progressShown = true
  }

  clearProgress(): void {
    if (!this.progressShown) return
    this.stderr.write('\r\x1b[2K')
    this.progressShown = false
  }
}
