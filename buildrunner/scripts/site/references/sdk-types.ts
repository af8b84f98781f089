/** Types as TypeDoc has read them, in the words of TypeScript. */
import { ReflectionKind } from 'typedoc'
import type { DeclarationReflection, ParameterReflection, SignatureReflection, SomeType, TypeParameterReflection } from 'typedoc'

export function typeText(type: SomeType): string {
  switch (type.type) {
    case 'reflection': return objectText(type.declaration)
    case 'union': return type.types.map((member) => (member.type === 'reflection' && member.declaration.signatures ? `(${typeText(member)})` : typeText(member))).join(' | ')
    case 'intersection': return type.types.map(typeText).join(' & ')
    case 'array': return ['union', 'intersection', 'typeOperator'].includes(type.elementType.type) ? `(${typeText(type.elementType)})[]` : `${typeText(type.elementType)}[]`
    case 'reference': return `${type.name}${type.typeArguments && type.typeArguments.length > 0 ? `<${type.typeArguments.map(typeText).join(', ')}>` : ''}`
    case 'typeOperator': return `${type.operator} ${typeText(type.target)}`
    case 'tuple': return `[${type.elements.map(typeText).join(', ')}]`
    default: return type.toString()
  }
}

function objectText(declaration: DeclarationReflection): string {
  const [signature] = declaration.signatures ?? []
  if (signature !== undefined) return `${parametersText(signature.parameters)} => ${signature.type === undefined ? 'void' : typeText(signature.type)}`
  const members = (declaration.children ?? []).map((member) => (member.signatures?.[0] === undefined ? `${member.name}${member.flags.isOptional ? '?' : ''}: ${member.type === undefined ? 'unknown' : typeText(member.type)}` : signatureText(member.signatures[0])))
  const index = (declaration.indexSignatures ?? []).map(({ parameters = [], type }) => `[${parameters.map(parameterText).join(', ')}]: ${type === undefined ? 'unknown' : typeText(type)}`)
  return [...index, ...members].length === 0 ? '{}' : `{ ${[...index, ...members].join('; ')} }`
}

const parameterText = ({ name, type, flags, defaultValue }: ParameterReflection): string => `${flags.isRest ? '...' : ''}${name === '__namedParameters' ? 'options' : name}${flags.isOptional || defaultValue !== undefined ? '?' : ''}: ${type === undefined ? 'unknown' : typeText(type)}`
const typeParametersText = (parameters: readonly TypeParameterReflection[] | undefined): string =>
  parameters === undefined || parameters.length === 0 ? '' : `<${parameters.map(({ name, type, default: initial }) => `${name}${type === undefined ? '' : ` extends ${typeText(type)}`}${initial === undefined ? '' : ` = ${typeText(initial)}`}`).join(', ')}>`

/** Parameters on one line, or each on its own where that would be too long to read. */
function parametersText(parameters: readonly ParameterReflection[] = []): string {
  const texts = parameters.map(parameterText)
  const line = `(${texts.join(', ')})`
  return line.length <= 90 || texts.length < 2 ? line : `(\n${texts.map((text) => `  ${text},\n`).join('')})`
}

/** `name<T>(a: A, b?: B): R`. */
export function signatureText({ name, kind, parameters, typeParameters, type }: SignatureReflection): string {
  const isConstructor = kind === ReflectionKind.ConstructorSignature
  return `${isConstructor ? `new ${type === undefined ? '' : typeText(type)}` : name}${isConstructor ? '' : typeParametersText(typeParameters)}${parametersText(parameters)}${isConstructor || type === undefined ? '' : `: ${typeText(type)}`}`
}

/** `type Name<T> = ...`, `const name: ...`. */
export function declarationText({ name, kind, type, typeParameters, defaultValue }: DeclarationReflection): string {
  if (kind === ReflectionKind.TypeAlias) return `type ${name}${typeParametersText(typeParameters)} = ${type === undefined ? 'unknown' : aliasText(type)}`
  return `const ${name}${type === undefined ? '' : `: ${typeText(type)}`}${defaultValue === undefined || defaultValue === '...' ? '' : ` = ${defaultValue}`}`
}

const aliasText = (type: SomeType): string => {
  const line = typeText(type)
  return type.type === 'union' && line.length > 90 ? `\n  | ${type.types.map(typeText).join('\n  | ')}` : line
}
