/** The acceptance criteria of an item, each with what is known of it. */
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { BuildRunnerError, Evidence, QaGetItemQualityData } from '@buildrunner/sdk'
import { criterionKey } from '@buildrunner/sdk/quality'
import type { AcceptanceCriterion, Check, PlanItem } from '@buildrunner/sdk/plans'
import { useCall } from '../data/use-call.ts'
import { useProject } from '../offline/use-project.tsx'
import { useOpenProject } from '../project/scope.tsx'
import { useSession } from '../session/session.tsx'
import { useAnnounce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { Checkbox, Field } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import type { IconName } from '../ui/icon.tsx'
import { ErrorNotice, Notice } from '../ui/notice.tsx'
import { Empty, ErrorText, Loading } from '../ui/states.tsx'
import { Time } from '../ui/time.tsx'
import type { InspectorKey } from './text.ts'
import { useInspectorText } from './text.ts'

type Verdict = QaGetItemQualityData['criteria'][number]
type State = 'MET' | 'FAILED' | 'STALE' | 'MISSING'
const ICONS: Readonly<Record<State, IconName>> = { MET: 'check', FAILED: 'close', STALE: 'clock', MISSING: 'more' }
const TONES: Readonly<Record<State, string>> = { MET: 'good', FAILED: 'bad', STALE: 'warn', MISSING: '' }

export function Criteria({ item }: { readonly item: PlanItem }): ReactNode {
  const t = useInspectorText()
  const { client } = useSession()
  const { project } = useOpenProject()
  const { asOf: { sequence } } = useProject()
  const criteria = item.fields.acceptanceCriteria ?? []
  const { data, error, reload } = useCall(() => (criteria.length === 0 ? null : client.qa.getItemQuality({ projectId: project.id, itemId: item.id })), [client, project.id, item.id, criteria.length])
  // evidence is an event like any other
  useEffect(() => void reload(), [sequence, reload])
  if (criteria.length === 0) return <Empty title={t('criteria.none')} icon="check"><p>{t('criteria.noneText')}</p></Empty>
  const verdicts = new Map(data?.criteria.map((verdict) => [verdict.key, verdict]))
  return (
    <>
      {error && !data && <Notice tone="info" title={t('criteria.unknown')}><p>{error.message}</p></Notice>}
      <ol className="criteria">
        {criteria.map((criterion) => <Criterion key={criterionKey(criterion)} item={item} criterion={criterion} verdict={verdicts.get(criterionKey(criterion))} reload={reload} />)}
      </ol>
    </>
  )
}

interface CriterionProps {
  readonly item: PlanItem
  readonly criterion: AcceptanceCriterion
  readonly verdict: Verdict | undefined
  reload(): Promise<void>
}

function Criterion({ item, criterion, verdict, reload }: CriterionProps): ReactNode {
  const t = useInspectorText()
  const { can } = useOpenProject()
  const [isRecording, record] = useState(false)
  const { check, text } = criterion
  const state = (verdict?.state ?? 'MISSING') as State
  const isManual = check === undefined || check.kind === 'manual'
  return (
    <li className="criterion">
      <span className={`state-mark ${verdict === undefined ? '' : TONES[state]}`}><Icon name={ICONS[state]} />{verdict === undefined ? t('criterion.unknown') : t(`criterion.${state}`)}{verdict?.flaky && <> · {t('criterion.flaky')}</>}</span>
      <p>{text}</p>
      <p className="fine">{checkText(t, check)}</p>
      {verdict?.evidence && <EvidenceLine evidence={verdict.evidence} />}
      {state === 'STALE' && verdict?.staleBecause && <p className="fine"><strong>{t('stale.title')}</strong> {t(`stale.${verdict.staleBecause}` as InspectorKey)}</p>}
      <div className="criterion-tools">
        {isManual && can.qaRun && !isRecording && <Button icon="check" onClick={() => record(true)}>{t('record')}</Button>}
        {verdict?.evidence && <Earlier item={item} criterion={criterionKey(criterion)} />}
      </div>
      {isRecording && <Record item={item} criterion={criterionKey(criterion)} done={() => (record(false), void reload())} cancel={() => record(false)} />}
    </li>
  )
}

function checkText(t: ReturnType<typeof useInspectorText>, check: Check | undefined): ReactNode {
  if (check === undefined) return t('check.none')
  const what = check.kind === 'command' ? check.run : check.kind === 'http' ? check.url : check.kind === 'manual' ? check.by : check.path
  return <>{t(`check.${check.kind}`)}{what !== undefined && <> <code>{what}</code></>}</>
}

/** What came of it, who says so, when, and of which code. */
function EvidenceLine({ evidence }: { readonly evidence: Evidence }): ReactNode {
  const t = useInspectorText()
  const { client } = useSession()
  const [isOpen, open] = useState(false)
  const { data, error } = useCall(() => (isOpen ? client.qa.getEvidence({ evidenceId: evidence.id }) : null), [client, evidence.id, isOpen])
  const { outcome, actor, createdAt, commit, branch, dirty, message, url, attempts, passedAttempts } = evidence
  return (
    <div className="evidence">
      <p className="fine">
        {t(`outcome.${outcome}` as InspectorKey)} · {actor.name} · <Time at={createdAt} />
        {commit !== null && <> · <code title={commit}>{commit.slice(0, 9)}</code></>}
        {branch !== null && <> · {branch}</>}
        {dirty && <> · {t('evidence.dirty')}</>}
        {attempts > 1 && <> · {t('evidence.attempts', { passed: passedAttempts, count: attempts })}</>}
      </p>
      {message !== null && <p>{message}</p>}
      {url !== null && <p><a href={url} target="_blank" rel="noopener noreferrer">{url}</a></p>}
      {evidence.runId !== null && (
        <details onToggle={({ currentTarget }) => open(currentTarget.open)}>
          <summary>{t('evidence.output')}</summary>
          {error && <ErrorText error={error} />}
          {isOpen && !data && !error && <Loading />}
          {data && (data.output ? <pre tabIndex={0} className="output">{data.output}</pre> : <p className="fine">{t('evidence.noOutput')}</p>)}
        </details>
      )}
    </div>
  )
}

function Earlier({ item, criterion }: { readonly item: PlanItem; readonly criterion: string }): ReactNode {
  const t = useInspectorText()
  const { client } = useSession()
  const { project } = useOpenProject()
  const [isOpen, open] = useState(false)
  const { data, error } = useCall(() => (isOpen ? client.qa.listEvidence({ projectId: project.id, itemId: item.id, criterion, first: 20 }) : null), [client, project.id, item.id, criterion, isOpen])
  return (
    <details className="earlier" onToggle={({ currentTarget }) => open(currentTarget.open)}>
      <summary>{t('evidence.earlier')}</summary>
      {error && <ErrorText error={error} />}
      {isOpen && !data && !error && <Loading />}
      <ol className="plain-list">{data?.evidence.map((evidence) => <li key={evidence.id}><EvidenceLine evidence={evidence} /></li>)}</ol>
    </details>
  )
}

function Record({ item, criterion, done, cancel }: { readonly item: PlanItem; readonly criterion: string; done(): void; cancel(): void }): ReactNode {
  const t = useInspectorText()
  const announce = useAnnounce()
  const { client } = useSession()
  const { project } = useOpenProject()
  const [note, setNote] = useState('')
  const [isMet, setMet] = useState(true)
  const [error, setError] = useState<BuildRunnerError>()
  const [busy, setBusy] = useState(false)
  const submit = async (): Promise<void> => {
    setBusy(true)
    const { error: failure } = await client.qa.recordManual({ projectId: project.id, itemId: item.id, criterion, met: isMet, note: note.trim() || null })
    setBusy(false)
    setError(failure)
    if (failure) return
    announce(t('record.done'))
    done()
  }
  return (
    <form className="form record" onSubmit={(event) => (event.preventDefault(), void submit())}>
      <ErrorNotice error={error} />
      <Checkbox label={t('record.met')} checked={isMet} autoFocus onChange={(event) => setMet(event.target.checked)} />
      <Field label={t('record.note')} hint={t('optional')} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
      <div className="form-actions"><Button onClick={cancel}>{t('cancel')}</Button><Button type="submit" look="primary" busy={busy}>{t('record.save')}</Button></div>
    </form>
  )
}
