/** What rules would have stopped: counts by rule, and some of the writes. */
import type { ReactNode } from 'react'
import type { GovernanceSimulateData } from '@buildrunner/sdk'
import { linkTo } from '../../routes.ts'
import { useOpenProject } from '../../project/scope.tsx'
import { useLanguage } from '../../text/language.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Time } from '../../ui/time.tsx'
import type { GovernanceKey } from './governance-text.ts'
import { useGovernanceText } from './governance-text.ts'

type Sample = GovernanceSimulateData['rules'][number]['samples'][number] & { readonly rule: string }

export function Simulated({ simulation }: { readonly simulation: GovernanceSimulateData }): ReactNode {
  const t = useGovernanceText()
  const language = useLanguage()
  const { project } = useOpenProject()
  const { since, until, writes, stopped, rules } = simulation
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' })
  const samples: readonly Sample[] = rules.flatMap(({ rule, samples: of }) => of.map((sample) => ({ ...sample, rule })))
  return (
    <section aria-label={t('simulated')} className="form">
      <p role="status"><strong>{t('simulated.result', { stopped, writes, since: day.format(new Date(since)), until: day.format(new Date(until)) })}</strong></p>
      {rules.length > 0 && (
        <DataTable
          caption={t('simulated.rules')}
          rows={rules}
          keyOf={({ rule }) => rule}
          columns={[
            { id: 'rule', label: t('rule'), heading: true, cell: ({ rule, line }) => <><code>{rule}</code> <span className="fine">{t('line', { line })}</span></> },
            { id: 'effect', label: t('effect'), cell: ({ effect }) => t(`effect.${effect}` as GovernanceKey) },
            { id: 'hits', label: t('hits'), numeric: true, cell: ({ hits }) => hits },
            { id: 'unknown', label: t('notJudged'), cell: ({ unknown }) => (unknown.length === 0 ? '' : t('notJudged.why', { what: unknown.join(', ') })) },
          ]}
        />
      )}
      {samples.length > 0 && (
        <DataTable
          caption={t('simulated.samples')}
          rows={samples}
          keyOf={({ rule, sequence, itemKey }) => `${rule} ${sequence} ${itemKey}`}
          columns={[
            { id: 'time', label: t('time'), cell: ({ at }) => <Time at={at} /> },
            { id: 'item', label: t('item'), heading: true, cell: ({ itemKey }) => (itemKey === null ? '' : <a href={linkTo('plan', { project: project.slug, rest: [itemKey] })}>{itemKey}</a>) },
            { id: 'rule', label: t('rule'), cell: ({ rule }) => <code>{rule}</code> },
            { id: 'message', label: t('message'), cell: ({ message }) => message },
          ]}
        />
      )}
    </section>
  )
}
