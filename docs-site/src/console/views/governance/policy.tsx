/** The policy in force with its line numbers and problems, and the way to change it. */
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useOpenProject } from '../../project/scope.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Empty, Failure, Loading } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { Editor } from './editor.tsx'
import { FIRST_POLICY } from './first-policy.ts'
import { useGovernanceText } from './governance-text.ts'
import { Problems } from './problems.tsx'
import { usePolicy, useReadPolicy } from './use-policy.ts'

export function Policy(): ReactNode {
  const t = useGovernanceText()
  const { can } = useOpenProject()
  const { data, error, isNone, reload } = usePolicy()
  const [isEditing, edit] = useState(false)
  if (!isNone && !data) return error ? <Failure error={error} retry={() => void reload()} /> : <Loading />
  if (isEditing) {
    const applied = async (): Promise<void> => {
      await reload()
      edit(false)
    }
    return <Editor start={data?.text ?? FIRST_POLICY} inForce={data ?? undefined} applied={applied} close={() => edit(false)} />
  }
  const change = can.governanceWrite && <Button look="primary" icon="edit" onClick={() => edit(true)}>{data ? t('edit') : t('begin')}</Button>
  if (!data) return <Empty title={t('empty.title')} icon="rules"><p>{t('empty.text')}</p>{change}</Empty>
  const { version } = data
  return (
    <>
      <div className="row policy-head">
        <p>{t('inForce', { version: version.version })} <span className="fine">{version.author.name}, <Time at={version.createdAt} />: {version.reason}</span></p>
        {change}
      </div>
      {!can.governanceWrite && <p className="fine">{t('readOnly')}</p>}
      <Source text={data.text} />
    </>
  )
}

function Source({ text }: { readonly text: string }): ReactNode {
  const t = useGovernanceText()
  const problems = useReadPolicy(text, undefined)?.parsed.problems ?? []
  const marked = new Set(problems.map(({ line }) => line))
  return (
    <>
      {problems.length > 0 && <Notice tone="warn" title={t('problems.inForce')}><Problems problems={problems} /></Notice>}
      <pre className="policy-source" tabIndex={0} role="region" aria-label={t('source')}>
        <code>{text.replace(/\n$/, '').split('\n').map((line, index) => <span key={index} className={marked.has(index + 1) ? 'marked' : undefined}>{line}{'\n'}</span>)}</code>
      </pre>
    </>
  )
}
