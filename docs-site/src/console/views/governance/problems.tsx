/** What is wrong with a policy: each with its line, a caret under the place, and what to do. */
import type { ReactNode } from 'react'
import { Icon } from '../../ui/icon.tsx'
import { useGovernanceText } from './governance-text.ts'

export interface Problem {
  readonly code: string
  readonly severity: string
  readonly line: number
  readonly column: number
  readonly endColumn: number
  readonly message: string
  readonly remedy: string
  readonly frame: string
}

interface ProblemsProps {
  readonly problems: readonly Problem[]
  /** Goes to the place in the text. */
  goTo?(problem: Problem): void
}

export function Problems({ problems, goTo }: ProblemsProps): ReactNode {
  const t = useGovernanceText()
  return (
    <ul className="problems">
      {problems.map((problem) => {
        const { code, severity, line, column, message, remedy, frame } = problem
        const place = t('place', { line, column })
        return (
          <li key={`${line} ${column} ${code} ${message}`} data-severity={severity}>
            <p className="problem-head">
              <Icon name="alert" />
              <span>{severity === 'error' ? t('error') : t('warning')}</span>
              {goTo ? <button type="button" className="link-button" onClick={() => goTo(problem)}>{place}</button> : <span>{place}</span>}
              <a href={`/troubleshooting/${code}/`}>{code}</a>
            </p>
            <p>{message} {remedy}</p>
            <pre className="problem-frame">{frame}</pre>
          </li>
        )
      })}
    </ul>
  )
}
