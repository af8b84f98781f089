/** The templates and packs that come with BuildRunner. */
import { BUILT_IN, OLDER } from './_generated/built-in.ts'
import { templateDigest } from './digest.ts'
import type { TemplateSource } from './resolve.ts'
import type { Template } from './types.ts'

/** Every built-in template and pack, in the order of their names. */
export const builtInTemplates = (): Template[] => Object.values(BUILT_IN).map((text) => JSON.parse(text) as Template)

/** One of them by name; undefined where there is none. */
export const builtInTemplate = (name: string): Template | undefined => (Object.hasOwn(BUILT_IN, name) ? (JSON.parse(BUILT_IN[name]!) as Template) : undefined)

/** They, and the versions before that plans were made from, as a source of templates. */
export const builtIn: TemplateSource = {
  name: 'built-in',
  versions(name) {
    const newest = builtInTemplate(name)
    const older = Object.keys(OLDER).filter((key) => key.startsWith(`${name}@`)).map((key) => JSON.parse(OLDER[key]!) as Template)
    const found = newest === undefined ? older : [newest, ...older]
    return Promise.resolve(found.map((template) => ({ version: template.version, digest: templateDigest(template), load: () => Promise.resolve(template) })))
  },
}
