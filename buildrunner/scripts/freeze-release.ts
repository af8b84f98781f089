/**
 * `npm run freeze -- <version> [--again]`: writes down what a release offers (schema, OpenAPI document, documents of the
 * catalogue), so that the server goes on knowing its documents and `npm run check:breaking` can hold later changes against
 * it. Run it when a version is published, after `npm run generate`. Without a version it is the SDK's.
 */
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { readCurrent } from './breaking/current.ts'
import { writeRelease } from './breaking/releases.ts'

const root = join(import.meta.dirname, '..', '..')
const [given] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const version = given ?? (JSON.parse(readFileSync(join(root, 'sdk', 'package.json'), 'utf8')) as { version: string }).version
if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) throw new Error(`${version} is no version.`)
const folder = writeRelease(root, { version, ...readCurrent(root, version) }, { again: process.argv.includes('--again') })
console.log(`Frozen: ${relative(root, folder)}`)
