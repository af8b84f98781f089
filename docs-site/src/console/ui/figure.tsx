/** A drawing with what it says in words, and the figures behind it as a table. */
import { useId } from 'react'
import type { ReactNode } from 'react'
import { useUiText } from './ui-text.ts'

interface FigureProps {
  readonly title: string
  /** What the drawing shows, in a sentence: read out instead of it. */
  readonly summary: string
  /** The SVG's content. */
  readonly children: ReactNode
  readonly width: number
  readonly height: number
  /** A `DataTable` with the same figures. */
  readonly table: ReactNode
  /** Over the drawing, in the same place: what can be chosen in it. */
  readonly overlay?: ReactNode
}

export function Figure({ title, summary, children, width, height, table, overlay }: FigureProps): ReactNode {
  const t = useUiText()
  const id = useId()
  return (
    <figure className="figure">
      <figcaption>
        <strong>{title}</strong>
        <span id={id}>{summary}</span>
      </figcaption>
      <div className="figure-drawing" tabIndex={0} role="group" aria-label={title}>
        <div className="figure-canvas" style={{ inlineSize: width, blockSize: height }}>
          <svg role="img" aria-label={title} aria-describedby={id} viewBox={`0 0 ${width} ${height}`} width={width} height={height}>{children}</svg>
          {overlay}
        </div>
      </div>
      <details>
        <summary>{t('figure.table')}</summary>
        {table}
      </details>
    </figure>
  )
}
