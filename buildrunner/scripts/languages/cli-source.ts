/**
 * Messages of the CLI as its source has them: what is given to `t` and `msg`, and what is translated where it stands (descriptions of
 * commands, options and arguments, meanings of examples). And, by a heuristic, what looks like a text and is none of these.
 */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

export interface SourceMessage {
  readonly message: string
  /** `file:line`. */
  readonly place: string
}

export interface CliSource {
  readonly messages: readonly SourceMessage[]
  /** Literals that look like words for people and are not passed on to be translated. */
  readonly unwrapped: readonly SourceMessage[]
}

/** Calls that translate one of their arguments: the name of what is called, and which. */
const TRANSLATED = new Map([['t', 0], ['msg', 0], ['translated', 0], ['option', 1], ['requiredOption', 1], ['argument', 1], ['Option', 1], ['Argument', 1]])
/** Calls whose literals no person reads, or that are for developers: invariants that cannot break, processes, paths. */
const SILENT = new Set(['RangeError', 'TypeError', 'Error', 'RegExp', 'URL', 'spawn', 'execFile', 'join', 'startsWith', 'endsWith', 'includes', 'split', 'replace', 'replaceAll', 'padEnd', 'get', 'set', 'indexOf', 'choices', 'default', 'env', 'gql'])
const PAINTS = new Set(['bold', 'dim', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan'])

/** Files whose literals no reader's language concerns, and why. */
const SPARED: readonly { readonly files: RegExp; readonly why: string }[] = [
  { files: /^cli\/src\/testing\//, why: 'tests' },
  { files: /^cli\/src\/text\/(format|text|language)\.ts$/, why: 'the mechanism itself' },
  { files: /^cli\/src\/qa\/(checks\/\w+|files|runner|run-checks|carry-out|output)\.ts$/, why: 'what a check found is recorded as evidence: data, equal for all who read it' },
  { files: /^cli\/src\/commands\/examples\/readme\.ts$/, why: 'content of a file, as the templates that it tells of' },
  { files: /^cli\/src\/commands\/completion\/scripts\.ts$/, why: 'programs for the shell' },
]

export function readCliSource(root: string): CliSource {
  const messages: SourceMessage[] = []
  const unwrapped: SourceMessage[] = []
  for (const file of globSync('cli/src/**/*.ts', { cwd: root }).sort()) {
    if (/\.test\.ts$/.test(file) || SPARED.some(({ files }) => files.test(file))) continue
    readFile(file, readFileSync(path.join(root, file), 'utf8'), { messages, unwrapped })
  }
  return { messages, unwrapped }
}

/** Reads one file; for tests too. */
export function readFile(file: string, text: string, { messages, unwrapped }: { messages: SourceMessage[]; unwrapped: SourceMessage[] }): void {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const placeOf = (node: ts.Node): string => `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return
    if (ts.isStringLiteralLike(node)) {
      if (isTranslated(node)) messages.push({ message: node.text, place: placeOf(node) })
      else if ((looksLikeText(node.text) && !isSilent(node)) || isPainted(node)) unwrapped.push({ message: node.text, place: placeOf(node) })
    } else if (ts.isTemplateExpression(node) && !isSilent(node)) {
      const words = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('{}')
      if (hasWord(words)) unwrapped.push({ message: words, place: placeOf(node) })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
}

const calleeOf = (node: ts.Node): string | undefined => {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return undefined
  const { expression } = node
  return ts.isIdentifier(expression) ? expression.text : ts.isPropertyAccessExpression(expression) ? expression.name.text : undefined
}

function isTranslated(node: ts.StringLiteralLike): boolean {
  const { parent } = node
  const place = TRANSLATED.get(calleeOf(parent) ?? '')
  if (place !== undefined && (parent as ts.CallExpression).arguments?.[place] === node) return true
  if (ts.isPropertyAssignment(parent) && parent.name.getText() === 'summary') return true
  return isMeaning(node)
}

/** The second of a pair in the list that `examples` is given. */
function isMeaning(node: ts.Node): boolean {
  const pair = node.parent
  const call = pair.parent?.parent
  return ts.isArrayLiteralExpression(pair) && pair.elements[1] === node && call !== undefined && calleeOf(call) === 'examples'
}

/** The command line of an example, a flag, a name: shown as it is in every language. */
const isExample = (node: ts.Node): boolean => ts.isArrayLiteralExpression(node.parent) && node.parent.parent?.parent !== undefined && calleeOf(node.parent.parent.parent) === 'examples'

function isSilent(node: ts.Node): boolean {
  const { parent } = node
  if (isExample(node)) return true
  if (ts.isPropertyAssignment(parent) && (parent.name === node || ['path', 'code'].includes(parent.name.getText()))) return true
  if (ts.isElementAccessExpression(parent) || ts.isLiteralTypeNode(parent) || ts.isCaseClause(parent)) return true
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind !== ts.SyntaxKind.QuestionQuestionToken && parent.operatorToken.kind !== ts.SyntaxKind.PlusToken && parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return true
  if (ts.isTaggedTemplateExpression(parent)) return true
  const callee = calleeOf(parent)
  // the flags of an option and its default are data
  return callee !== undefined && (SILENT.has(callee) || TRANSLATED.has(callee))
}

/** A single word that is coloured is shown. */
const isPainted = (node: ts.StringLiteralLike): boolean => PAINTS.has(calleeOf(node.parent) ?? '') && /[A-Za-z]{3,}/.test(node.text) && !isData(node.text)

const WORDS = /[A-Za-z]{2,}[,:;]? [A-Za-z(]{2,}|[A-Za-z]{3,}[.?!]$|^[A-Z][a-z]{2,}$|^[A-Z][a-z]+:$/
/** Two words side by side, or one with the end of a sentence. */
const looksLikeText = (text: string): boolean => WORDS.test(text) && !isData(text)
/** A command line alone, the beginning of a name, names of variables, a line of the language of Graphviz. */
const isData = (text: string): boolean => /^(br|npm|git|node) .*[^.]$|^[a-z]+\.(\{\})?$|^[A-Z_, ]+$|^ *(digraph|node|subgraph) /.test(text)

/** A template whose fixed part has a word of its own, no part of an address, a flag or a path. */
const hasWord = (fixed: string): boolean => !isData(fixed) && /(^|[\s(>}])[A-Za-z]{2,}([\s,.:;?!){]|$)/.test(fixed.replace(/\bbr [a-z<[-]+[\]>]?( [a-z[\]-]+)?/g, ''))
