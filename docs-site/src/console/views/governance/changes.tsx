/** What changes between two policies, rule by rule. */
import type { ReactNode } from 'react'
import { useGovernanceText } from './governance-text.ts'

export interface RuleChange {
  readonly kind: string
  readonly rule?: string
  readonly ruleId?: string
  readonly fields: readonly string[]
  readonly before: unknown
  readonly after: unknown
}

/** Of a rule, what people write; the rest follows from it. */
const DERIVED = new Set(['line', 'digest'])

const valueOf = (part: unknown, field: string): unknown => (part === null || typeof part !== 'object' ? undefined : (part as Record<string, unknown>)[field])
const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 1)?.replace(/\s+/g, ' ') ?? '')

export function Changes({ changes }: { readonly changes: readonly RuleChange[] }): ReactNode {
  const t = useGovernanceText()
  if (changes.length === 0) return <p className="fine">{t('changes.none')}</p>
  return (
    <section aria-label={t('changes')} className="changes">
      <h3>{t('changes')}</h3>
      <ul className="plain-list">
        {changes.map(({ kind, rule, ruleId, fields, before, after }) => (
          <li key={rule ?? ruleId} className={`change ${kind}`}>
            <p><strong>{kind === 'added' ? t('change.added') : kind === 'removed' ? t('change.removed') : t('change.changed')}</strong> <code>{rule ?? ruleId}</code></p>
            {kind === 'changed' ? (
              <dl className="facts">
                {fields.map((field) => (
                  <div key={field}>
                    <dt>{field}</dt>
                    <dd>{field === 'order' ? t('change.order') : <><del>{show(valueOf(before, field))}</del> <ins>{show(valueOf(after, field))}</ins></>}</dd>
                  </div>
                ))}
              </dl>
            ) : (
              <p className="fine">{fieldsOf(after ?? before).map((field) => `${field}: ${show(valueOf(after ?? before, field))}`).join(' · ')}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

const fieldsOf = (part: unknown): string[] =>
  part === null || typeof part !== 'object' ? [] : Object.entries(part).filter(([field, value]) => !DERIVED.has(field) && field !== 'id' && value !== null && value !== '').map(([field]) => field)
