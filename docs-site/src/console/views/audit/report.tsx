/** What a verification found, in words: what is proven, by what, and what is not. */
import type { ReactNode } from 'react'
import type { AuditReport, Finding } from '@buildrunner/sdk/audit-log'
import { DataTable } from '../../ui/data-table.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useAuditText } from './audit-text.ts'

interface ReportProps {
  readonly report: AuditReport
  /** Checkpoints that this browser had pinned before. */
  readonly pinsBefore: number
  /** Name of the file that was verified; absent: the log of the server. */
  readonly file?: string | undefined
}

export function Report({ report, pinsBefore, file }: ReportProps): ReactNode {
  const t = useAuditText()
  const { ok, records, verified, pinned, unproven, cutBefore, erased, findings, omitted, pin, kind } = report
  const facts: readonly (readonly [isProof: boolean, text: string])[] = [
    [true, kind === 'partial' ? t('fact.partial', { records, size: verified }) : t('fact.hashed', { records })],
    ...(verified > 0 ? [[true, t('fact.signed', { verified })] as const] : []),
    [pinned > 0, pinned > 0 ? t('fact.pinned', { pinned, pins: pinsBefore }) : pinsBefore === 0 ? t('fact.firstUse') : t('fact.pinUnused')],
    ...(unproven !== null && unproven !== 0 ? [[false, t('fact.unproven', { unproven })] as const] : []),
    ...(cutBefore !== null ? [[true, t('fact.cut', { cutBefore })] as const] : []),
    ...(erased > 0 ? [[true, t('fact.erased', { erased })] as const] : []),
    ...(ok && pin !== null ? [[true, t('fact.nextPin')] as const] : []),
  ]
  return (
    <section aria-label={t('report')} data-report={ok ? 'ok' : 'findings'}>
      <Notice tone={ok ? 'good' : 'bad'} title={ok ? t('ok') : t('notOk')}>
        <p>{file === undefined ? t('of.server') : t('of.file', { file })}</p>
      </Notice>
      {ok && <ul className="audit-facts">{facts.map(([isProof, text]) => <li key={text}><Icon name={isProof ? 'check' : 'alert'} /><span>{text}</span></li>)}</ul>}
      {findings.length > 0 && (
        <DataTable
          caption={t('findings', { count: findings.length + omitted })}
          rows={findings.map((finding, index) => ({ ...finding, index }))}
          keyOf={({ index }) => index}
          columns={[
            { id: 'place', label: t('place'), numeric: true, cell: (finding) => place(finding) },
            { id: 'kind', label: t('kind'), heading: true, cell: ({ kind: code }) => <a href={`/troubleshooting/audit-${code}/`}>{t(`kind.${code}`)}</a> },
            { id: 'message', label: t('message'), cell: ({ message }) => message },
          ]}
        />
      )}
      {!ok && <p className="audit-advice">{t('advice')}</p>}
    </section>
  )
}

/** `12`, or `12-15` for several records. */
const place = ({ sequence, lastSequence }: Finding): string => (sequence === undefined ? '' : lastSequence === undefined || lastSequence === sequence ? String(sequence) : `${sequence}-${lastSequence}`)
