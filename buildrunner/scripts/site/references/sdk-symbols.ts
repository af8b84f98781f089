/** What TypeDoc knows of the symbols of an entry, as MDX. */
import { ReflectionKind } from 'typedoc'
import type { Comment, CommentDisplayPart, DeclarationReflection, Reflection, SignatureReflection } from 'typedoc'
import { blocks, code, fence, link, property, prose, table } from './markdown.ts'
import { declarationText, signatureText, typeText } from './sdk-types.ts'

/** Where a symbol is described. */
export interface Place {
  readonly page: string
  readonly anchor: string
}
type Places = ReadonlyMap<Reflection, Place>

const KINDS = [
  [ReflectionKind.Class, 'Classes'], [ReflectionKind.Function, 'Functions'], [ReflectionKind.Variable, 'Values'], [ReflectionKind.Interface, 'Interfaces'], [ReflectionKind.TypeAlias, 'Types'],
] as const

export function printEntry(comment: Comment | undefined, symbols: readonly DeclarationReflection[], places: Places): { readonly intro: string; readonly body: string } {
  const sections = KINDS.flatMap(([kind, heading]) => {
    const own = symbols.filter((symbol) => symbol.kind === kind).sort((a, b) => (a.name < b.name ? -1 : 1))
    return own.length === 0 ? [] : [`## ${heading}`, ...own.map((symbol) => printSymbol(symbol, places))]
  })
  return { intro: comment === undefined ? '' : parts(comment.summary, places), body: blocks(...sections) }
}

function printSymbol(symbol: DeclarationReflection, places: Places): string {
  const heading = `### ${symbol.name}`
  if (symbol.kind === ReflectionKind.Function) return blocks(heading, ...(symbol.signatures ?? []).map((signature) => printSignature(signature, places, 'function ')))
  if (symbol.kind === ReflectionKind.Class || symbol.kind === ReflectionKind.Interface) return blocks(heading, parents(symbol, places), comments(symbol.comment, places), membersOf(symbol, places))
  const members = symbol.type?.type === 'reflection' ? membersOf(symbol.type.declaration, places) : ''
  return blocks(heading, comments(symbol.comment, places), members === '' || symbol.kind === ReflectionKind.Variable ? fence('ts', declarationText(symbol), 'signature') : '', members)
}

function parents(symbol: DeclarationReflection, places: Places): string {
  const names = (symbol.extendedTypes ?? []).map((type) => (type.type === 'reference' && type.reflection !== undefined ? linkTo(type.reflection, type.name, places) : code(typeText(type))))
  return names.length === 0 ? '' : `Extends ${names.join(', ')}.`
}

const isOwn = (member: DeclarationReflection): boolean => !member.flags.isInherited && !member.flags.isExternal && !member.flags.isPrivate && member.inheritedFrom === undefined && !(member.sources?.[0]?.fileName.includes('node_modules') ?? false)

function membersOf(symbol: DeclarationReflection, places: Places): string {
  const members = (symbol.children ?? []).filter(isOwn)
  const values = members.filter((member) => member.kindOf(ReflectionKind.Property | ReflectionKind.Accessor) && member.name !== 'name')
  const callable = members.filter((member) => member.signatures !== undefined && member.kindOf(ReflectionKind.Method | ReflectionKind.Constructor))
  return blocks(table(['Member', 'Type', 'What it is'], values.map((member) => valueRow(member, places))), ...callable.map((member) => printMethod(member, symbol, places)))
}

function valueRow(member: DeclarationReflection, places: Places): string[] {
  const comment = member.comment ?? member.getSignature?.comment ?? (member.type?.type === 'reflection' ? member.type.declaration.signatures?.[0]?.comment : undefined)
  const initial = comment?.blockTags.find(({ tag }) => tag === '@defaultValue')
  const about = `${comment === undefined ? '' : parts(comment.summary, places)}${initial === undefined ? '' : ` Default: ${parts(initial.content, places).replace(/^```\w*\s*|\s*```$/g, '')}.`}`
  const type = member.type ?? member.getSignature?.type
  return [code(`${member.flags.isStatic ? 'static ' : ''}${member.name}${member.flags.isOptional ? '?' : ''}`), type === undefined ? '' : code(typeText(type)), about.replaceAll(/\n\n+/g, ' ')]
}

function printMethod(member: DeclarationReflection, symbol: DeclarationReflection, places: Places): string {
  const isConstructor = member.kind === ReflectionKind.Constructor
  const signatures = (member.signatures ?? []).filter((signature) => !isConstructor || signature.comment !== undefined || signature.parameters !== undefined)
  if (signatures.length === 0 || (isConstructor && member.overwrites !== undefined && signatures.every(({ comment }) => comment === undefined))) return ''
  const name = isConstructor ? `new ${symbol.name}` : member.name
  const anchor = `${symbol.name}-${isConstructor ? 'constructor' : member.name}`.toLowerCase()
  return blocks(`<Definition ${property('id', anchor)} ${property('name', `${name}()`)} ${property('kind', isConstructor ? 'constructor' : member.flags.isStatic ? 'static method' : 'method')} level={4} />`, ...signatures.map((signature) => printSignature(signature, places, '')))
}

function printSignature(signature: SignatureReflection, places: Places, keyword: string): string {
  const rows = (signature.parameters ?? []).map((parameter) => [`${code(parameter.name)}${parameter.flags.isOptional || parameter.defaultValue !== undefined ? '' : ' *'}`, parameter.comment === undefined ? '' : parts(parameter.comment.summary, places).replaceAll('\n\n', ' ')])
  const described = rows.some(([, about]) => about !== '')
  return blocks(fence('ts', `${keyword}${signatureText(signature)}`, 'signature'), comments(signature.comment, places), described ? table(['Parameter', 'What it is'], rows) : '')
}

const TAGS: Readonly<Record<string, string>> = { '@returns': '**Returns** ', '@throws': '**Throws** ', '@see': '**See** ', '@deprecated': '**Deprecated** ', '@remarks': '', '@defaultValue': '**Default** ', '@example': '' }

function comments(comment: Comment | undefined, places: Places): string {
  if (comment === undefined) return ''
  const tags = comment.blockTags.flatMap(({ tag, content }) => (TAGS[tag] === undefined ? [] : [`${TAGS[tag]}${parts(content, places).trim()}`]))
  return blocks(parts(comment.summary, places), ...tags)
}

function parts(content: readonly CommentDisplayPart[], places: Places): string {
  return content.map((part) => {
    if (part.kind === 'code') return part.text.replace(/^```(\w+)/, '```$1 signature')
    if (part.kind !== 'inline-tag') return prose(part.text)
    return part.target !== undefined && typeof part.target === 'object' && 'kind' in part.target ? linkTo(part.target as Reflection, part.text, places) : code(part.text)
  }).join('').trim()
}

/** A link to where a symbol, or that which a member belongs to, is described; its name where that is nowhere. */
function linkTo(target: Reflection, text: string, places: Places): string {
  const place = places.get(target) ?? (target.parent === undefined ? undefined : places.get(target.parent))
  return place === undefined ? code(text) : link(code(text), `${place.page}#${place.anchor}`)
}
