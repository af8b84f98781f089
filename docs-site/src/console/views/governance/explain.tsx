/** Asking what the rules say of doing something to an item; nothing is written. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { GovernanceExplainData } from '@buildrunner/sdk'
import { useAction } from '../../data/use-action.ts'
import { useOpenProject } from '../../project/scope.tsx'
import { useSession } from '../../session/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Field, Select } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { GovernanceKey } from './governance-text.ts'
import { useGovernanceText } from './governance-text.ts'

const STATUSES = ['todo', 'in_progress', 'in_review', 'blocked', 'done', 'cancelled'] as const
const ACTIONS = ['delete', 'comment.add', 'qa.confirm', 'project.archive', 'policy.change'] as const
type Doing = (typeof STATUSES)[number] | (typeof ACTIONS)[number]

const isStatus = (doing: Doing): doing is (typeof STATUSES)[number] => (STATUSES as readonly string[]).includes(doing)

/** What is asked about, as the operation takes it. */
export function questionOf(itemKey: string, doing: Doing) {
  if (isStatus(doing)) return { changes: [{ op: 'update' as const, id: itemKey, set: { status: doing } }] }
  if (doing === 'delete') return { changes: [{ op: 'remove' as const, id: itemKey }] }
  return { action: doing, ...(itemKey !== '' && { itemKey }) }
}

export function Explain(): ReactNode {
  const t = useGovernanceText()
  const { client } = useSession()
  const { project } = useOpenProject()
  const [itemKey, setItemKey] = useState('')
  const [doing, setDoing] = useState<Doing>('done')
  const [answer, setAnswer] = useState<GovernanceExplainData>()
  const ask = useAction(() => client.governance.explain({ projectId: project.id, ...questionOf(itemKey.trim(), doing) }))
  const options = [...STATUSES.map((value) => ({ value, label: t(`do.${value}`) })), ...ACTIONS.map((value) => ({ value, label: t(`do.${value}`) }))]
  const needsItem = isStatus(doing) || doing === 'delete'
  return (
    <div className="form">
      <p>{t('explain.intro')}</p>
      <Form error={ask.error} className="row policy-ask" submit={async () => setAnswer(await ask.run())}>
        <Field label={t('item')} hint={t('item.hint')} required={needsItem} value={itemKey} onChange={(event) => setItemKey(event.target.value)} />
        <Select label={t('action')} options={options} value={doing} onChange={(event) => setDoing(event.target.value as Doing)} />
        <Button type="submit" look="primary" busy={ask.busy}>{t('explain')}</Button>
      </Form>
      {answer && <Answer answer={answer} />}
    </div>
  )
}

function Answer({ answer: { allowed, version, refusals, changes } }: { readonly answer: GovernanceExplainData }): ReactNode {
  const t = useGovernanceText()
  const rules = changes.flatMap((change) => change.rules.map((rule) => ({ ...rule, itemKey: change.itemKey })))
  return (
    <section aria-label={t('explain')} className="form">
      <Notice tone={allowed ? 'good' : 'bad'} title={allowed ? t('allowed') : t('notAllowed')}>
        {version === null && <p>{t('explain.noPolicy')}</p>}
        {refusals.map(({ rule, line, message, remedy, satisfiedBy, needsApproval }) => (
          <div key={rule}>
            <p><code>{rule}</code> {line !== null && <span className="fine">{t('line', { line })}</span>}: {message} {remedy}</p>
            {satisfiedBy.length > 0 && <ul>{satisfiedBy.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>}
            {needsApproval && <p>{t('explain.approval')}</p>}
          </div>
        ))}
      </Notice>
      <ul className="plain-list">
        {rules.map(({ rule, line, effect, condition, applies, failure, message, parts, itemKey }) => (
          <li key={`${itemKey} ${rule}`} className="card">
            <p className="row"><Icon name={applies ? 'alert' : 'check'} /><code>{rule}</code><span className="fine">{t('line', { line })} · {t(`effect.${effect}` as GovernanceKey)}</span><strong>{applies ? t('applies') : t('appliesNot')}</strong></p>
            {message !== null && <p>{message}</p>}
            {failure !== null && <p className="field-error">{failure}</p>}
            {condition !== '' && <pre className="code-block" tabIndex={0}>{condition}</pre>}
            {parts.length > 0 && <dl className="facts">{parts.map(({ text, start, value, failure: why }) => <div key={start}><dt><code>{text}</code></dt><dd>{why ?? JSON.stringify(value)}</dd></div>)}</dl>}
          </li>
        ))}
      </ul>
    </section>
  )
}
