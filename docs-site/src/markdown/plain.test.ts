import { expect, test } from 'vitest'
import { plainMarkdown } from './plain.ts'

const page = (body: string): string => plainMarkdown({ title: 'Work offline', description: 'Without a server.', body })

test('a page begins with its title and what it is about', () => {
  expect(page('Text.')).toBe('# Work offline\n\n> Without a server.\n\nText.\n')
})

test('components become what they mean', () => {
  const body = [
    "import { Tabs } from '@astrojs/starlight/components'", '', '<Endpoint id="comments_add" method="POST" path="/api/comments" />', '',
    '<Definition id="type-Comment" name="Comment" kind="type" />', '', '<Tabs syncKey="code">', '<TabItem label="curl">', '', 'One.', '', '</TabItem>', '</Tabs>', '',
    '<LinkCard title="Sync" href="/guides/sync/" description="Both ways." />', '', '<TryIt operation={{"path":"/api/{id}","body":"{\\n  \\"a\\": \\"/>\\"\\n}"}} />', '', 'Last.',
  ].join('\n')
  expect(page(body).split('\n').filter((line) => line !== '').slice(2)).toEqual(['`POST /api/comments`', '### `Comment` (type)', '**curl**', 'One.', '- [Sync](/guides/sync/): Both ways.', 'Last.'])
})

test('code stays as it is, without the words behind its language', () => {
  const body = '<TabItem label="TypeScript">\n\n```ts from=docs-site/snippets/a.ts\nimport { a } from \'b\'\nconst x = <T>(y: T) => ({ y })\n```\n\n</TabItem>\n\n```json title="plan.json" schema=plan\n{ "a": "&lt;" }\n```'
  const text = page(body)
  expect(text).toContain("```ts\nimport { a } from 'b'\nconst x = <T>(y: T) => ({ y })\n```")
  expect(text).toContain('plan.json:\n\n```json\n{ "a": "&lt;" }\n```')
})

test('signs that MDX wants escaped are signs again', () => {
  expect(page('`a<b>` and &#123;x&#125; &lt;y&gt;')).toContain('`a<b>` and {x} <y>')
})

test('a block in a list keeps its text at the edge', () => {
  expect(page('1. First:\n\n   ```bash\n   npm start\n   ```\n\n2. Second.')).toContain('```bash\nnpm start\n```')
})
