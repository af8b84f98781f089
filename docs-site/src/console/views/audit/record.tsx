/** One record with everything that it says. */
import type { ReactNode } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { Time } from '../../ui/time.tsx'
import { useAuditText } from './audit-text.ts'
import type { AuditRecord } from './search.tsx'

export function RecordDetail({ record, close }: { readonly record: AuditRecord; close(): void }): ReactNode {
  const t = useAuditText()
  const { actor, impersonator, details, personal, isErased } = record
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('time'), <Time key="time" at={record.createdAt} absolute />],
    [t('actor'), actor === null ? t('nobody') : `${actor.name} (${actor.id})`],
    [t('impersonator'), impersonator && `${impersonator.name} (${impersonator.id})`],
    [t('target'), record.targetType && `${record.targetType} ${record.targetId ?? ''}`],
    [t('origin'), record.origin],
    [t('request'), record.requestId],
    [t('before'), record.beforeDigest && <code key="before">{record.beforeDigest}</code>],
    [t('after'), record.afterDigest && <code key="after">{record.afterDigest}</code>],
    ['id', <code key="id">{record.id}</code>],
  ]
  return (
    <Dialog title={`${record.sequence}. ${record.action}`} close={close} wide>
      <dl className="facts">{facts.filter(([, value]) => value !== null).map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
      <Json title={t('details')} value={details} />
      {isErased ? <p>{t('erased')}</p> : <Json title={t('personal')} value={personal} />}
    </Dialog>
  )
}

/** Nothing where there is nothing to show. */
function Json({ title, value }: { readonly title: string; readonly value: unknown }): ReactNode {
  if (value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0)) return null
  return (
    <section>
      <h3>{title}</h3>
      <pre className="code-block" tabIndex={0}>{JSON.stringify(typeof value === 'string' ? tryParse(value) : value, null, 2)}</pre>
    </section>
  )
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
