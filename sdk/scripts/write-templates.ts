/**
 * Writes what is derived of templates: the built-in ones of `sdk/templates` as a module, and the JSON Schema of the format,
 * `sdk/template.schema.json`, for editors. Run it after a change to either. A template that has a fault is not written.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parseTemplate } from '../src/domain/templates/parse.ts'
import { builtInModule } from '../src/domain/templates/built-in-module.ts'
import { templateJsonSchemaText } from '../src/domain/templates/json-schema.ts'

const folder = new URL('../templates/', import.meta.url)
const templates = readdirSync(folder).filter((file) => file.endsWith('.yml')).sort().map((file) => {
  const { template, problems } = parseTemplate(readFileSync(new URL(file, folder), 'utf8'))
  for (const { line, column, severity, message } of problems) process.stderr.write(`${file}:${line}:${column} ${severity}: ${message}\n`)
  if (template === undefined) throw new Error(`${file} has faults`)
  return template
})
writeFileSync(new URL('../src/domain/templates/_generated/built-in.ts', import.meta.url), builtInModule(templates))
writeFileSync(new URL('../template.schema.json', import.meta.url), templateJsonSchemaText())
