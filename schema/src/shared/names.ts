/** Names and slugs that people give to things. */
import { ValidationError } from './errors.ts'

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/
const MAX_SLUG = 60
const MAX_NAME = 200

/** A slug made of a name: letters without marks, digits and dashes; at most 60 characters. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
  return plain.slice(0, MAX_SLUG).replace(/-+$/, '')
}

/** Checks what was given; what is absent is fine. @throws ValidationError */
export function checkNames({ name, slug }: { name?: string | null | undefined; slug?: string | null | undefined }): void {
  if (name !== undefined && name !== null && (name.trim() === '' || name.length > MAX_NAME)) throw new ValidationError(`A name has 1 to ${MAX_NAME} characters.`, ['name'])
  if (slug !== undefined && slug !== null && (!SLUG.test(slug) || slug.length > MAX_SLUG)) {
    throw new ValidationError(`A slug is made of a-z, 0-9 and single dashes, at most ${MAX_SLUG} characters; ${JSON.stringify(slug)} is not.`, ['slug'])
  }
}

/** The slug that was given, or one made of the name. @throws ValidationError when none can be made */
export function slugFor(name: string, slug: string | null | undefined): string {
  const made = slug ?? slugOf(name)
  if (made === '') throw new ValidationError(`No slug can be made of the name ${JSON.stringify(name)}; give one.`, ['slug'])
  return made
}
