/**
 * Prints the pages below `/troubleshooting/`: one for each stable code. What a code is in each interface comes from the sources, what it means
 * and how to mend it from `docs-site/errors/*.yml`, where people write it. The pages are not committed.
 */
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { exampleOf } from './error-examples.ts'
import { explainedCodes } from './explained-codes.ts'
import type { ExplainedCode, Family } from './explained-codes.ts'

const ERRORS = fileURLToPath(new URL('../../../docs-site/errors/', import.meta.url))
const CONTENT = fileURLToPath(new URL('../../../docs-site/src/content/docs/', import.meta.url))

/** What people say of a code. */
export interface ErrorText {
  /** One or two sentences; the first describes the page. */
  readonly means: string
  readonly why?: readonly string[]
  readonly fix: readonly string[]
  /** What is shown; `‹›` stand around what differs each time. */
  readonly says?: string
  /** A plan, policy or template that has the problem. */
  readonly text?: string
  /** Parameters of an error of `br`. */
  readonly with?: Readonly<Record<string, unknown>>
  /** Pages that help. */
  readonly see?: readonly string[]
}

interface TextFile { readonly family: Family; readonly codes: Readonly<Record<string, ErrorText>> }

/** The texts of all files, by family and code. @throws Error where two say something of one code */
export function errorTexts(): Map<string, ErrorText> {
  const texts = new Map<string, ErrorText>()
  for (const file of globSync('*.yml', { cwd: ERRORS }).sort()) {
    const { family, codes } = parse(readFileSync(join(ERRORS, file), 'utf8')) as TextFile
    for (const [code, text] of Object.entries(codes)) {
      if (texts.has(`${family} ${code}`)) throw new Error(`docs-site/errors/${file} says once more something of ${code}.`)
      texts.set(`${family} ${code}`, text)
    }
  }
  return texts
}

const bullet = (item: string): string => `- ${item.trim().replaceAll('\n', '\n  ')}`
const list = (items: readonly string[]): string => (items.length === 1 ? items[0]! : items.map(bullet).join('\n'))
const section = (heading: string, text: string | undefined): string[] => (text === undefined ? [] : [heading, text])
/** The first sentence, as plain text. */
const summary = (text: string): string => /^[\s\S]*?[.](?=\s|$)/.exec(text.trim().replaceAll('`', ''))?.[0].replaceAll(/\s+/g, ' ') ?? text

function link(url: string): string {
  const words = url.replace(/\/$/, '').split('/').at(-1)!.replaceAll('-', ' ')
  return `[${words[0]!.toUpperCase()}${words.slice(1)}](${url})`
}

function partOf(code: ExplainedCode, text: ErrorText, level: string): string[] {
  return [
    [`| Code | \`${code.code}\` |`, '| --- | --- |', ...code.facts.map(([label, value]) => `| ${label} | ${value} |`)].join('\n'),
    ...section(`${level} What it means`, text.means.trim()),
    ...section(`${level} Why it happens`, text.why && list(text.why)),
    ...section(`${level} How to fix it`, list(text.fix)),
    ...section(`${level} How it looks`, exampleOf(code, text)),
    ...section(`${level} See also`, text.see && list(text.see.map(link))),
  ]
}

/** How the families are told apart where they share a page, and what they are called in the list of all. */
const HEADINGS: Readonly<Record<Family, readonly [onPage: string, inList: string]>> = {
  error: ['As an error', 'Errors'],
  migration: ['At the start of the server', 'Migrations at the start of the server'],
  sync: ['In a push', 'Writes of a push that are refused'],
  plan: ['In a plan', 'Problems of a plan'],
  change: ['In a change of a plan', 'Changes that do not fit the plan'],
  policy: ['In a policy', 'Problems of a policy'],
  template: ['In a template', 'Problems of a template'],
  evidence: ['In a run of checks', 'Results of checks that do not count'],
  audit: ['In the audit log', 'Findings in the audit log'],
  testing: ['In a test', 'The server in memory for tests'],
}

function titleOf({ code, family, slug }: ExplainedCode): string {
  if (family === 'audit') return `${code} (audit log)`
  return slug.startsWith('start-') ? `${code} (the server does not start)` : code
}

function pageFor(codes: readonly ExplainedCode[], textOf: (code: ExplainedCode) => ErrorText): string {
  const [first] = codes as [ExplainedCode]
  const sectionOf = (code: ExplainedCode): string[] => [`## ${HEADINGS[code.family][0]}`, ...partOf(code, textOf(code), '###')]
  const parts = codes.length === 1 ? partOf(first, textOf(first), '##') : codes.flatMap(sectionOf)
  return `---\ntitle: ${JSON.stringify(titleOf(first))}\ndescription: ${JSON.stringify(summary(textOf(first).means))}\n---\n\n${parts.join('\n\n')}\n`
}

const INTRODUCTION = `Every error has a code that does not change. Programs switch on it, never on the message. \`br\` shows it with \`--json\`,
under \`error.code\`; the SDK gives it as \`error.code\`; GraphQL as \`extensions.code\` of a request error, or as \`code\` of an error in a
mutation's result; REST as \`code\` of a problem (RFC 9457). A code leads to its page: \`NOT_FOUND\` is
[/troubleshooting/not-found/](/troubleshooting/not-found/).`

function indexPage(codes: readonly ExplainedCode[], textOf: (code: ExplainedCode) => ErrorText): string {
  const row = (code: ExplainedCode): string => `| [\`${code.code}\`](/troubleshooting/${code.slug}/) | ${summary(textOf(code).means)} |`
  const rowsOf = (family: Family): string[] => codes.filter((code) => code.family === family).map(row)
  const tableOf = (family: Family): string => ['| Code | What it means |', '| --- | --- |', ...rowsOf(family)].join('\n')
  const sections = (Object.keys(HEADINGS) as Family[]).flatMap((family) => [`## ${HEADINGS[family][1]}`, tableOf(family)])
  const head = '---\ntitle: Error codes\ndescription: Every stable code that BuildRunner reports, and how to fix what it is about.\n---'
  return `${[head, INTRODUCTION, ...sections].join('\n\n')}\n`
}

/** The pages by their path below the content folder. @throws Error where a code has no text */
export function troubleshootingPages(): Map<string, string> {
  const codes = explainedCodes()
  const texts = errorTexts()
  const textOf = ({ family, code }: ExplainedCode): ErrorText => texts.get(`${family} ${code}`)!
  const missing = codes.filter((code) => textOf(code) === undefined)
  if (missing.length > 0) throw new Error(`docs-site/errors says nothing of ${missing.map(({ family, code }) => `${code} (${family})`).join(', ')}.`)
  const pages = new Map([['troubleshooting/index.md', indexPage(codes, textOf)]])
  for (const slug of new Set(codes.map((code) => code.slug))) {
    pages.set(`troubleshooting/${slug}.md`, pageFor(codes.filter((code) => code.slug === slug), textOf))
  }
  return pages
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  rmSync(join(CONTENT, 'troubleshooting'), { recursive: true, force: true })
  for (const [path, text] of troubleshootingPages()) {
    mkdirSync(dirname(join(CONTENT, path)), { recursive: true })
    writeFileSync(join(CONTENT, path), text)
  }
}
