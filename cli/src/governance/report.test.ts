import { Ajv2020 } from 'ajv/dist/2020.js'
import { parsePolicy } from '@buildrunner/sdk/policy'
import { expect, test } from 'vitest'
import { createStyle } from '../core/style.ts'
import { githubLines, problemLines, sarifOf } from './report.ts'

const { problems } = parsePolicy('version: 1\naudit: {}\nrules:\n  - id: a\n    when: [plan.*]\n    condition: item.statu == "x"\n    effect: blok\n    message: m\n')

test('people get place, line and caret, and what to do', () => {
  expect(problemLines(problems.slice(-1), 'governance/policy.yml', createStyle(false))).toEqual([
    'governance/policy.yml:7:13  error invalid-value  rules[0].effect is "blok".', '  7 │     effect: blok', '    │             ^^^^', '  Did you mean block?',
  ])
})

test('GitHub gets one command a line, whatever the texts hold', () => {
  expect(githubLines(problems, 'a,b:c.yml')).toEqual([
    "::warning file=a%2Cb%3Ac.yml,line=2,col=1,endColumn=6,title=ignored-section::audit counts in the file of the server's operator only, and is ignored here. Take it out, or give it to whoever runs the server (governance/policy.yml there).",
    '::error file=a%2Cb%3Ac.yml,line=6,col=21,endColumn=26,title=unknown-fact::item has no statu. Did you mean status?',
    '::error file=a%2Cb%3Ac.yml,line=7,col=13,endColumn=17,title=invalid-value::rules[0].effect is "blok". Did you mean block?',
  ])
  const [line] = githubLines([{ ...problems[0]!, message: 'a\nb\r100%', remedy: '' }], 'f')
  expect(line).toMatch(/::a%0Ab%0D100%25 $/)
})

const text = { type: 'object', required: ['text'], properties: { text: { type: 'string', minLength: 1 } }, additionalProperties: false }
const place = { type: 'integer', minimum: 1 }
/** What SARIF 2.1.0 (OASIS, sections 3.13 to 3.30) says of the objects that are used here; none may hold another property. */
const SARIF = {
  type: 'object', required: ['version', 'runs'], additionalProperties: false,
  properties: {
    $schema: { type: 'string', pattern: '^https://' }, version: { const: '2.1.0' },
    runs: {
      type: 'array', items: {
        type: 'object', required: ['tool'], additionalProperties: false,
        properties: {
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          tool: {
            type: 'object', required: ['driver'], additionalProperties: false,
            properties: {
              driver: {
                type: 'object', required: ['name'], additionalProperties: false,
                properties: {
                  name: { type: 'string' }, semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' }, informationUri: { type: 'string', pattern: '^https://' },
                  rules: { type: 'array', uniqueItems: true, items: { type: 'object', required: ['id'], properties: { id: { type: 'string' }, shortDescription: text }, additionalProperties: false } },
                },
              },
            },
          },
          results: {
            type: 'array', items: {
              type: 'object', required: ['message', 'ruleId', 'locations'], additionalProperties: false,
              properties: {
                ruleId: { type: 'string' }, ruleIndex: { type: 'integer', minimum: 0 }, level: { enum: ['none', 'note', 'warning', 'error'] }, message: text,
                partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
                locations: {
                  type: 'array', items: {
                    type: 'object', required: ['physicalLocation'], additionalProperties: false,
                    properties: {
                      physicalLocation: {
                        type: 'object', required: ['artifactLocation'], additionalProperties: false,
                        properties: {
                          artifactLocation: { type: 'object', additionalProperties: false, properties: { uri: { type: 'string', pattern: '^[^\\s/\\\\][^\\s\\\\]*$' }, uriBaseId: { type: 'string' } } },
                          region: { type: 'object', required: ['startLine'], additionalProperties: false, properties: { startLine: place, startColumn: place, endColumn: place, snippet: text } },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
}

test('SARIF has the structure of the standard; rules are those that are broken, and problems keep their identity when lines move', () => {
  const validate = new Ajv2020({ strict: false }).compile(SARIF)
  const log = sarifOf(problems, 'my policies/policy.yml') as { runs: [{ tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string; ruleIndex: number; partialFingerprints: object; locations: [{ physicalLocation: { artifactLocation: object } }] }[] }] }
  expect(validate(log), JSON.stringify(validate.errors)).toBe(true)
  const [{ tool: { driver: { rules } }, results }] = log.runs
  expect(rules.map(({ id }) => id)).toEqual(['ignored-section', 'invalid-value', 'unknown-fact'])
  for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex]?.id).toBe(ruleId)
  expect(results[0]?.locations[0].physicalLocation.artifactLocation).toEqual({ uri: 'my%20policies/policy.yml', uriBaseId: '%SRCROOT%' })
  const moved = sarifOf(problems.map((problem) => ({ ...problem, line: problem.line + 9 })), 'policy.yml') as typeof log
  expect(moved.runs[0].results.map((result) => result.partialFingerprints)).toEqual(results.map((result) => result.partialFingerprints))
  expect(validate(sarifOf([], 'policy.yml'))).toBe(true)
})
