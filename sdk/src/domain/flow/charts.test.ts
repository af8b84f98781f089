import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { burnUpSvg } from './burn-up-svg.ts'
import { burnUpOf } from './burn-up.ts'
import { graphOf } from './graph.ts'
import { graphSvg } from './graph-svg.ts'
import { layOutGraph } from './graph-layout.ts'
import { chartPage } from './html.ts'
import { graphMermaid, timelineMermaid } from './mermaid.ts'
import { flowRange } from './metrics.ts'
import { escapeText, fit, measure, wrap } from './svg.ts'
import { timelineTable } from './tables.ts'
import { timelineOf } from './timeline.ts'
import { timelineSvg } from './timeline-svg.ts'
import { anyMicrostep, at } from './testing/microsteps.ts'
import { flattenPlan } from '../plans/flat.ts'
import { plans } from '../plans/testing/random-plans.ts'

const NOW = at('2026-03-06T12:00')
const hostile = '</text><script>"x" & \'y\' #1; %% : ; {z} `q` \\ \u0000\ud800 --> n1'
const evil = flattenPlan({
  version: 1, project: { name: hostile },
  milestones: [{ id: 'M', title: hostile, dueDate: '2026-03-09', steps: [{ id: 'S', title: hostile, microsteps: [{ id: 'end', title: hostile }, { id: ']"}', title: 'section x', dependsOn: ['end'] }] }] }],
})

const TAG = /<(\/?)([a-z]+)((?: [\w:-]+="[^"<]*")*)(\/?)>/gi
const isText = (text: string): boolean => !/[<>]|&(?!(?:amp|lt|gt|quot|#39);)/.test(text)

/** Whether elements nest, attributes are quoted, and nothing else stands for markup. Style sheets hold no markup either. */
function isXml(text: string): void {
  const open: string[] = []
  let end = 0
  for (const { 0: tag, 1: closes, 2: name, 4: isEmpty, index } of text.matchAll(TAG)) {
    expect(isText(text.slice(end, index)), text.slice(end, index)).toBe(true)
    end = index + tag.length
    if (closes !== '') expect(open.pop()).toBe(name)
    else if (isEmpty === '') open.push(name!)
  }
  expect([open, text.slice(end).trim()]).toEqual([[], ''])
}

describe('charts', () => {
  test('are well-formed and run nothing, whatever the texts', () => {
    for (const svg of [timelineSvg(timelineOf(evil, NOW)), graphSvg(graphOf(evil, { all: true })), burnUpSvg([], { title: hostile })]) {
      isXml(svg)
      expect(svg).not.toMatch(/<script|\0/)
    }
    isXml(chartPage(hostile, timelineSvg(timelineOf(evil, NOW)), timelineTable(timelineOf(evil, NOW))).replace('<!doctype html>', '').replaceAll(/<meta[^>]*>/g, ''))
  })

  test('name what they show, for those who do not see it', () => {
    const svg = timelineSvg(timelineOf(evil, NOW), { idPrefix: 'one' })
    expect(svg).toContain('role="img" aria-labelledby="one-title one-desc"')
    expect(svg).toMatch(/<title id="one-title">Timeline: .*<desc id="one-desc">4 items as of 6 Mar 2026\. From 6 Mar 2026 to 6 Mar 2026\. Critical: end, \]/s)
  })

  test('have the colours of the scheme, or one of the two, and are light on paper', () => {
    const svg = (theme: 'auto' | 'light' | 'dark'): string => burnUpSvg([], { theme })
    expect(svg('auto')).toContain('prefers-color-scheme:dark')
    expect(svg('light')).not.toContain('#12161c')
    expect(svg('dark')).toMatch(/^[^}]*<style>\.br-chart\{--br-bg:#12161c/)
    for (const theme of ['auto', 'dark'] as const) expect(svg(theme)).toMatch(/@media print\{[^}]*--br-bg:#ffffff/)
  })

  test('whatever the plan and its history: well-formed, without a number that is none', () => {
    fc.assert(fc.property(plans(), fc.array(anyMicrostep, { maxLength: 8 }), (plan, items) => {
      const days = burnUpOf(items, flowRange(at('2026-02-20'), '2026-01-05'))
      for (const svg of [timelineSvg(timelineOf(plan, NOW)), graphSvg(graphOf(plan, { all: true })), burnUpSvg(days)]) {
        isXml(svg)
        expect(svg).not.toMatch(/NaN|undefined|Infinity/)
      }
    }), { numRuns: 30 })
  })
})

describe('text', () => {
  test('that is cut fits, and is cut only where it does not', () => {
    fc.assert(fc.property(fc.string(), fc.integer({ min: 30, max: 400 }), (text, width) => {
      const shown = fit(text, 12, width)
      expect(measure(shown, 12) <= width + 1e-9 || shown === '…').toBe(true)
      if (measure(text, 12) <= width) expect(shown).toBe(text)
      for (const line of wrap(text, 12, width)) expect(measure(line, 12) <= width + 1e-9 || line === '…').toBe(true)
    }))
  })

  test('keeps its words, in one line', () => {
    expect(escapeText(' a\n<b> & "c" ')).toBe('a &lt;b&gt; &amp; &quot;c&quot;')
  })
})

describe('the layout of a graph', () => {
  const graphs = fc.integer({ min: 2, max: 25 }).chain((count) =>
    fc.uniqueArray(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)).filter(([from, to]) => from !== to), { maxLength: 40, selector: String }).map((edges) => ({ count, edges })))

  test('whatever the graph, circles too: what waits stands to the right, nodes of a layer keep apart, routes join their ends', () => {
    fc.assert(fc.property(graphs, ({ count, edges }) => {
      const { places, routes, layers, height } = layOutGraph(count, edges)
      expect(places).toHaveLength(count)
      for (const [index, { from, to, isBack, path }] of routes.entries()) {
        expect(isBack ? [to, from] : [from, to]).toEqual(edges[index])
        expect(places[from]!.layer).toBeLessThan(places[to]!.layer)
        expect([path[0], path.at(-1)]).toEqual([places[from], places[to]])
        expect(path.map(({ layer }) => layer)).toEqual(Array.from({ length: path.length }, (_, step) => places[from]!.layer + step))
      }
      for (let layer = 0; layer < layers; layer++) {
        const ys = places.filter((place) => place.layer === layer).map(({ y }) => y).sort((a, b) => a - b)
        for (const [at, y] of ys.entries()) expect(y >= -1e-9 && y <= height + 1e-9 && (at === 0 || y - ys[at - 1]! >= 1 - 1e-9)).toBe(true)
      }
    }))
  })

  test('a chain is a straight line', () => {
    const { places } = layOutGraph(4, [[0, 1], [1, 2], [2, 3]])
    expect(places).toEqual([0, 1, 2, 3].map((layer) => ({ layer, y: 0 })))
  })

  test('a diamond has its tips in the middle', () => {
    const { places } = layOutGraph(4, [[0, 1], [0, 2], [1, 3], [2, 3]])
    expect(places.map(({ layer, y }) => [layer, Math.round(y * 1000) / 1000])).toEqual([[0, 0.5], [1, 0], [1, 1], [2, 0.5]])
  })
})

describe('Mermaid', () => {
  test('no text ends its label, begins a comment or another statement', () => {
    const flow = graphMermaid(graphOf(evil)).split('\n')
    for (const line of flow.filter((each) => each.includes('["'))) expect(line).toMatch(/^ *(subgraph \w+|\w+)\["(?:[^"<>&#`\\]|#\d+;)*"\](:::\w+)?$/)
    expect(flow.filter((line) => line.includes('-->'))).toEqual(['  n0 --> n1'])
    const gantt = timelineMermaid(timelineOf(evil, NOW)).trimEnd().split('\n')
    for (const line of gantt.filter((each) => each.startsWith('    '))) expect(line).toMatch(/^ {4}[^:;#%{}<>,]+ :(milestone, |crit, |done, |active, )*[td]\d+, \d{4}-\d\d-\d\d, \d+d$/)
    expect(gantt.filter((line) => line.startsWith('  section'))).toHaveLength(1)
    expect(gantt.slice(0, 4)).toEqual(['gantt', expect.stringMatching(/^ {2}title [^:;#%]+$/), '  dateFormat YYYY-MM-DD', '  axisFormat %d %b'])
  })

  test('a task is a task, whatever its key begins with', () => {
    const plan = flattenPlan({ version: 1, project: { name: 'x' }, milestones: [{ id: 'M', title: 'M', steps: [{ id: 'S', title: 'S', microsteps: [{ id: 'section a', title: 'x' }, { id: 'title-1', title: 'x' }] }] }] })
    expect(timelineMermaid(timelineOf(plan, NOW)).split('\n').slice(5, 7)).toEqual([expect.stringMatching(/^ {4}\u2060section a x :/), expect.stringMatching(/^ {4}\u2060title-1 x :/)])
  })

  test('a timeline without microsteps shows its steps, or its milestones', () => {
    expect(timelineMermaid(timelineOf(evil, NOW, { level: 'step' }))).toMatch(/\n {4}S .*:crit, t1, 2026-03-06, \d+d\n/)
    expect(timelineMermaid(timelineOf(evil, NOW, { level: 'milestone' }))).toMatch(/\n {4}M .*:crit, t0, /)
  })
})
