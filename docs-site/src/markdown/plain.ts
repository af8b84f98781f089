/** A page's source as plain markdown: components become what they mean, and words behind a fence's language go. */

export interface Source {
  readonly title: string
  readonly description: string
  /** MDX or markdown, without frontmatter. */
  readonly body: string
}

export function plainMarkdown({ title, description, body }: Source): string {
  const text = outsideFences(body, (part) => withoutComponents(part.replace(/^(?:import|export) .*\n/gm, '')))
  return `# ${title}\n\n> ${description}\n\n${text.replaceAll(/\n{3,}/g, '\n\n').trim()}\n`
}

/** Fences stay as they are, but for their words; those in a component lose its indentation. */
function outsideFences(body: string, change: (part: string) => string): string {
  const parts: string[] = []
  let last = 0
  for (const match of body.matchAll(/^([ \t]*)(`{3,})([^\n`]*)\n([\s\S]*?)^[ \t]*\2[ \t]*$/gm)) {
    const [whole, indent = '', ticks = '', words = '', text = ''] = match
    const title = /title="([^"]*)"/.exec(words)?.[1]
    const lines = text.split('\n').map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join('\n')
    parts.push(change(body.slice(last, match.index)), `${title === undefined ? '' : `${title}:\n\n`}${ticks}${words.trim().split(/\s/)[0] ?? ''}\n${lines}${ticks}`)
    last = match.index + whole.length
  }
  return [...parts, change(body.slice(last))].join('')
}

const ATTRIBUTE = (name: string): RegExp => new RegExp(`\\b${name}=(?:"([^"]*)"|\\{("(?:[^"\\\\]|\\\\.)*")\\})`)
function attribute(tag: string, name: string): string {
  const [, text, json] = ATTRIBUTE(name).exec(tag) ?? []
  return text ?? (json === undefined ? '' : (JSON.parse(json) as string))
}

/** What each component says; those that are not here only frame what they hold. */
const MEANINGS: Readonly<Record<string, (tag: string) => string>> = {
  TryIt: () => '',
  Endpoint: (tag) => `\`${attribute(tag, 'method')} ${attribute(tag, 'path')}\``,
  Definition: (tag) => `${/level=\{4\}/.test(tag) ? '####' : '###'} \`${attribute(tag, 'name')}\` (${attribute(tag, 'kind')})`,
  TabItem: (tag) => `**${attribute(tag, 'label')}**`,
  Card: (tag) => `**${attribute(tag, 'title')}**`,
  LinkCard: (tag) => `- [${attribute(tag, 'title')}](${attribute(tag, 'href')})${attribute(tag, 'description') && `: ${attribute(tag, 'description')}`}`,
  LinkButton: (tag) => `[${attribute(tag, 'href')}](${attribute(tag, 'href')})`,
  Aside: (tag) => `**${attribute(tag, 'title') || 'Note'}**`,
}
const ENTITIES: Readonly<Record<string, string>> = { '&#123;': '{', '&#125;': '}', '&lt;': '<', '&gt;': '>' }

function withoutComponents(text: string): string {
  return text
    .replace(/<TryIt [^\n]*\/>/g, '')
    .replace(/<\/?br-live>\n*/g, '')
    .replace(/<(\/?)([A-Z]\w*)((?:"[^"]*"|\{[^}]*\}|[^>"{])*)>/g, (tag, close: string, name: string) => (close === '' ? (MEANINGS[name]?.(tag) ?? '') : ''))
    .replace(/<span id="[^"]*"><\/span>\n*/g, '')
    .replace(/\{\/\*[\s\S]*?\*\/\}/g, '')
    .replace(/&#12[35];|&[lg]t;/g, (entity) => ENTITIES[entity] as string)
}
