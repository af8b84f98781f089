/** Renders what rules of a project may speak of as a page of the documentation: facts, actions, events, problems. Run by `npm run generate`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { POLICY_ACTIONS, POLICY_EVENTS } from '../../sdk/src/domain/policy/actions.ts'
import { FUNCTIONS } from '../../sdk/src/domain/policy/condition.ts'
import { FACTS, FACT_TYPES } from '../../sdk/src/domain/policy/facts.ts'
import type { FactField, ObjectType } from '../../sdk/src/domain/policy/facts.ts'
import { POLICY_PROBLEMS } from '../../sdk/src/domain/policy/problems.ts'

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')
const code = (text: string): string => `\`${text}\``

/** Each fact under its full name, objects taken apart. */
const factRows = (name: string, { type, description }: FactField): string[][] =>
  type in FACT_TYPES ? Object.entries(FACT_TYPES[type as ObjectType]).flatMap(([field, fact]) => factRows(`${name}.${field}`, fact)) : [[code(name), code(type), description]]

const page = `---
# Made by npm run generate from sdk/src/domain/policy. Do not edit.
title: What rules may speak of
description: The facts, actions and events that the conditions of a policy's rules are made of.
---

A condition of \`governance/policy.yml\` is an expression of the [Common Expression Language](https://cel.dev) over these facts. Nothing is null: what is
absent is \`''\`, \`0\`, \`false\` or an empty list, and \`item.present\` tells whether there is an item. A condition that cannot be evaluated counts as true.

${table(['Fact', 'Type', 'What it is'], Object.entries(FACTS).flatMap(([name, fact]) => factRows(name, fact)))}

Functions: ${FUNCTIONS.map(code).join(', ')}. \`like\` takes a pattern in which \`*\` stands for anything; \`date(time)\` is the day as \`YYYY-MM-DD\`.

## Actions

What \`when\` may name, also with \`*\`. A status that is set meets \`plan.status.set\` whatever way it comes: alone, in a batch, by an import or a push.

${POLICY_ACTIONS.map((action) => `- ${code(action)}`).join('\n')}

## Events

${table(['Event', 'Stands for'], Object.entries(POLICY_EVENTS).map(([event, actions]) => [code(event), actions.length > 6 ? `every ${code('plan.*')} action` : actions.map(code).join(', ')]))}

## Problems

What \`br governance validate\` reports.

${table(['Code', 'Meaning'], Object.entries(POLICY_PROBLEMS).map(([name, meaning]) => [code(name), meaning]))}
`

const folder = new URL('../../docs-site/src/content/docs/reference/', import.meta.url)
mkdirSync(folder, { recursive: true })
writeFileSync(new URL('policy.md', folder), page)
