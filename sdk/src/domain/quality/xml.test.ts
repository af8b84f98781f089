import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ReportError, XmlReader } from './xml.ts'

type Tree = { name: string; attributes: Record<string, string>; text: string; children: Tree[] }

/** What a text holds, read in chunks of the given sizes (again and again). */
function read(text: string, sizes: readonly number[] = [text.length || 1]): Tree {
  const top: Tree = { name: '', attributes: {}, text: '', children: [] }
  const open = [top]
  const xml = new XmlReader({
    open: (name, attributes) => {
      const element = { name, attributes: Object.fromEntries(attributes), text: '', children: [] }
      open.at(-1)!.children.push(element)
      open.push(element)
    },
    text: (piece) => void (open.at(-1)!.text += piece),
    close: () => void open.pop(),
  })
  for (let at = 0, turn = 0; at < text.length; turn++) {
    const size = sizes[turn % sizes.length]!
    xml.write(text.slice(at, at + size))
    at += size
  }
  xml.end()
  return top.children[0]!
}

const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
const content = fc.string({ unit: fc.constantFrom('a', 'é', '🎉', ' ', '<', '&', '"', "'", '>', ']', '-', '/', '&lt;', '<b>'), minLength: 1, maxLength: 12 })
const name = fc.constantFrom('a', 'test-case', 'b.c', '_x')

/** An element as XML, and what is to be read of it. */
interface Written { xml: string; tree: Tree }
const piece = content.filter((text) => !text.includes(']]>')).chain((text) => fc.constantFrom(
  { xml: escape(text), text }, { xml: `<![CDATA[${text}]]>`, text }, { xml: `<!--${text.replaceAll('-', '')}-->`, text: '' }, { xml: `<?${text.replaceAll('>', '')} ?>`, text: '' },
))
const { element } = fc.letrec<{ element: Written }>((tie) => ({
  element: fc.tuple(name, fc.dictionary(name, content, { maxKeys: 3 }), fc.array(fc.oneof({ depthSize: 'small' }, piece, tie('element')), { maxLength: 4 }), fc.boolean())
    .map(([name, attributes, inner, isPadded]) => {
      const head = `<${name}${Object.entries(attributes).map(([key, value]) => (value.includes('"') ? ` ${key}="${escape(value)}"` : ` \n${key} = "${escape(value)}"`)).join('')}${isPadded ? ' ' : ''}`
      const children = inner.flatMap((one) => ('tree' in one ? [one.tree] : []))
      const text = inner.map((one) => ('text' in one ? one.text : '')).join('')
      return { xml: inner.length === 0 ? `${head}/>` : `${head}>${inner.map(({ xml }) => xml).join('')}</${name}${isPadded ? ' ' : ''}>`, tree: { name, attributes: { ...attributes }, text, children } }
    }),
}))

describe('XML', () => {
  it('is read as it was written, however it is cut into chunks', () => {
    fc.assert(fc.property(element, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }), ({ xml, tree }, sizes) => {
      expect(read(xml)).toEqual(tree)
      expect(read(`<?xml version="1.0"?>\n<!-- a > b -->\n<!DOCTYPE a SYSTEM "http://x.example/[a].dtd">${xml}\n`, sizes)).toEqual(tree)
    }))
  })

  it('gives names without their prefix, and references that mean nothing as they stand', () => {
    expect(read('<n:a n:b="&nbsp;&#x41;&amp;lt;"><c>&#9999999;&lt;</c></n:a>')).toEqual({ name: 'a', attributes: { b: '&nbsp;A&lt;' }, text: '', children: [{ name: 'c', attributes: {}, text: '&#9999999;<', children: [] }] })
  })

  it.each([
    ['entities that grow', '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>', 'its document type declares entities, which no report needs'],
    ['entities that are fetched', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'its document type declares entities, which no report needs'],
    ['an end that is missing', '<a><b></b>', 'it is cut off: not every element is closed'],
    ['a comment that never ends', '<a><!-- </a>', 'it is cut off: not every element is closed'],
    ['elements that cross', '<a><b></a></b>', '<b> is closed by </a>'],
    ['more than one root', '<a/><b/>', 'it has more than one root element'],
    ['an end without a beginning', '<a/></a>', '</a> closes nothing'],
    ['text alone', 'FAILED', 'it is no XML'],
    ['nothing', ' \n', 'it is empty'],
    ['a broken attribute', '<a b=c/>', 'an attribute of <a> is broken'],
    ['a tag without a name', '<a>< ></a>', 'it holds what is no tag: < >'],
    ['depth without end', '<a>'.repeat(300), 'more than 256 elements lie in each other'],
  ])('is refused with %s', (_, text, message) => {
    for (const sizes of [[text.length], [1], [7]]) expect(() => read(text, sizes)).toThrow(new ReportError(message))
  })

  it('is refused for a tag that never ends, before it fills the memory', () => {
    expect(() => read(`<a b="${'x'.repeat(3_000_000)}`, [65_536])).toThrow(new ReportError('it holds a tag that never ends'))
  })

  it('takes time that grows with the text only', () => {
    const started = performance.now()
    const size = 500_000
    expect(read(`<a><![CDATA[${']'.repeat(size)}]]></a>`, [65_536]).text.length).toBe(size)
    expect(read(`<a>${'&'.repeat(size)}</a>`, [65_536]).text.length).toBe(size)
    read(`<a>${'<b c="d"/>'.repeat(size / 10)}</a>`, [65_536])
    expect(() => read(`<a${' '.repeat(900_000)}b/>`, [65_536])).toThrow(ReportError)
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
