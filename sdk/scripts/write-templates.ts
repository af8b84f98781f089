/**
 * Writes what is derived of templates: the built-in ones as a module, the digests of all their versions (`sdk/templates/released.json`),
 * and the JSON Schema of the format, `sdk/template.schema.json`, for editors. Run it after a change to either.
 *
 * `sdk/templates/<name>.yml` is the newest version. Plans were made from the older ones, so these stay: before a template that was
 * released is changed, its file is copied to `sdk/templates/released/<name>@<version>.yml`, and the version is raised. What has a fault,
 * and a version whose content changed since its release, is not written.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { builtInModule } from '../src/domain/templates/built-in-module.ts'
import { templateDigest } from '../src/domain/templates/digest.ts'
import { templateJsonSchemaText } from '../src/domain/templates/json-schema.ts'
import { parseTemplate } from '../src/domain/templates/parse.ts'
import type { Template } from '../src/domain/templates/types.ts'

const folder = new URL('../templates/', import.meta.url)
const older = new URL('released/', folder)
const digestFile = new URL('released.json', folder)

function read(file: URL): Template {
  const { template, problems } = parseTemplate(readFileSync(file, 'utf8'))
  for (const { line, column, severity, message } of problems) process.stderr.write(`${file.pathname}:${line}:${column} ${severity}: ${message}\n`)
  if (template === undefined) throw new Error(`${file.pathname} has faults`)
  return template
}
const filesOf = (where: URL): URL[] => (existsSync(where) ? readdirSync(where).filter((file) => file.endsWith('.yml')).sort().map((file) => new URL(file, where)) : [])

const newest = filesOf(folder).map(read)
const released = filesOf(older).map(read)
const digests = JSON.parse(readFileSync(digestFile, 'utf8')) as Record<string, string>
for (const template of [...newest, ...released]) {
  const version = `${template.name}@${template.version}`
  const digest = templateDigest(template)
  if ((digests[version] ??= digest) !== digest) throw new Error(`${version} was released with other content: raise its version, and keep the old file in released/`)
}
writeFileSync(new URL('../src/domain/templates/_generated/built-in.ts', import.meta.url), builtInModule(newest, released))
writeFileSync(digestFile, JSON.stringify(digests, null, 2) + '\n')
writeFileSync(new URL('../template.schema.json', import.meta.url), templateJsonSchemaText())
