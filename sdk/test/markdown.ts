/** The TypeScript blocks of a markdown file as one module: imports first, then each block in a scope of its own. */
export function moduleOf(markdown: string): string {
  const blocks = [...markdown.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code)
  const isImport = /^import .*\n/gm
  const imports = new Set(blocks.flatMap((code) => code.match(isImport) ?? []))
  const [first = '', ...rest] = blocks.map((code) => code.replace(isImport, ''))
  return `${[...imports].join('')}${first}${rest.map((code) => `{\n${code}}\n`).join('')}`
}
