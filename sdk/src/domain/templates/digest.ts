import { sha256Hex } from '../audit/hash.ts'
import { canonicalJson } from '../quality/criterion.ts'
import type { Template } from './types.ts'

/**
 * What identifies the content of a template: SHA-256 (hexadecimal) of its canonical JSON (RFC 8785), `$schema` left out. Two texts
 * that say the same, in whatever order, have the same digest.
 */
export function templateDigest(template: Template): string {
  const { $schema: _, ...content } = template as Template & { $schema?: string }
  return sha256Hex(canonicalJson(content))
}
