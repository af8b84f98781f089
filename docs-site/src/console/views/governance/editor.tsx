/** Writing the policy: read by the engine while one types, checked by the server when it is applied. */
import { useDeferredValue, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { GovernanceGetPolicyData } from '@buildrunner/sdk'
import { useAction } from '../../data/use-action.ts'
import { useOpenProject } from '../../project/scope.tsx'
import { useSession } from '../../session/session.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useUiText } from '../../ui/ui-text.ts'
import { Changes } from './changes.tsx'
import { useGovernanceText } from './governance-text.ts'
import { Problems } from './problems.tsx'
import type { Problem } from './problems.tsx'
import { Simulated } from './simulated.tsx'
import { offsetOf } from './text-place.ts'
import { useReadPolicy } from './use-policy.ts'

interface EditorProps {
  readonly start: string
  /** Absent: there is none yet. */
  readonly inForce: GovernanceGetPolicyData | undefined
  applied(): Promise<void>
  close(): void
}

export function Editor({ start, inForce, applied, close }: EditorProps): ReactNode {
  const t = useGovernanceText()
  const ui = useUiText()
  const { project } = useOpenProject()
  const { client } = useSession()
  const announce = useAnnounce()
  const area = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(start)
  const [reason, setReason] = useState('')
  const [checked, setChecked] = useState<{ text: string; problems: readonly Problem[] }>()
  const read = useReadPolicy(useDeferredValue(text), inForce?.text)
  const simulate = useAction(() => client.governance.simulate({ projectId: project.id, text, samples: 5 }))
  const apply = useAction(async () => {
    const { data, error } = await client.governance.validate({ projectId: project.id, text })
    if (error || !data) return { error }
    setChecked({ text, problems: data.problems })
    if (!data.valid) return {}
    return client.governance.apply({ projectId: project.id, text, reason: reason.trim(), expectedVersion: inForce?.version.version ?? 0 })
  })
  const [simulated, setSimulated] = useState<Awaited<ReturnType<typeof simulate.run>>>()
  // the server's word on this very text, else the engine's
  const problems = checked?.text === text ? checked.problems : (read?.parsed.problems ?? [])
  const errors = problems.filter(({ severity }) => severity === 'error')
  const goTo = (problem: Problem): void => {
    area.current?.focus()
    area.current?.setSelectionRange(offsetOf(text, problem.line, problem.column), offsetOf(text, problem.line, problem.endColumn))
  }
  const submit = async (): Promise<void> => {
    const [first] = errors
    if (first) return goTo(first)
    const done = await apply.run()
    if (!done) return
    announce(t('applied', { version: done.version.version }))
    await applied()
  }
  const lines = text.split('\n').length
  const marked = new Set(problems.map(({ line }) => line))
  return (
    <Form error={apply.error} submit={submit} className="policy-editor form">
      <div className="editor-text">
        <pre className="editor-lines" aria-hidden="true">{Array.from({ length: lines }, (_, index) => <span key={index} className={marked.has(index + 1) ? 'marked' : undefined}>{index + 1}{'\n'}</span>)}</pre>
        <textarea
          ref={area}
          aria-label={t('source')}
          aria-describedby="policy-standing"
          aria-invalid={errors.length > 0 || undefined}
          autoFocus
          spellCheck={false}
          autoCapitalize="off"
          wrap="off"
          rows={lines + 1}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <p id="policy-standing" role="status">{read === undefined ? t('reading') : t('standing', { errors: errors.length, warnings: problems.length - errors.length })}</p>
      {problems.length > 0 && <Problems problems={problems} goTo={goTo} />}
      {read && errors.length === 0 && <Changes changes={read.changes} />}
      {simulate.error && <Notice tone="bad">{simulate.error.message}</Notice>}
      {simulated && <Simulated simulation={simulated} />}
      <Field label={t('reason')} hint={t('reason.hint')} required maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      <div className="row">
        <Button type="submit" look="primary" busy={apply.busy} disabled={text === inForce?.text}>{t('apply')}</Button>
        <Button busy={simulate.busy} disabled={errors.length > 0} onClick={() => void simulate.run().then(setSimulated)}>{t('simulate.draft')}</Button>
        <Button look="quiet" onClick={close}>{ui('cancel')}</Button>
      </div>
    </Form>
  )
}
