/**
 * Verifying in this browser: every record is hashed again here, and held against the signed checkpoint and against those that this
 * browser pinned before. Of a file as well, without a server.
 */
import { useEffect, useRef, useState } from 'react'
import type { ChangeEvent, ReactNode } from 'react'
import type { AuditProgress, AuditReport } from '@buildrunner/sdk/audit-log'
import { useSession } from '../../session/session.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { Denied } from '../../ui/states.tsx'
import { useAuditText } from './audit-text.ts'
import { addPin, readPins } from './pins.ts'
import { Report } from './report.tsx'
import { verifyFile } from './verify-file.ts'

type Task = 'verify' | 'file' | 'export'
type Standing =
  | { readonly state: 'idle' }
  | { readonly state: 'busy'; readonly task: Task; readonly progress?: AuditProgress }
  | { readonly state: 'done'; readonly report: AuditReport; readonly pinsBefore: number; readonly file?: string }
  | { readonly state: 'saved'; readonly file: string }
  | { readonly state: 'failed'; readonly message: string }

export function Verify(): ReactNode {
  const t = useAuditText()
  const { client, baseUrl, can } = useSession()
  const announce = useAnnounce()
  const [standing, setStanding] = useState<Standing>({ state: 'idle' })
  const running = useRef<AbortController>(null)
  useEffect(() => () => running.current?.abort(), [])

  const run = async (task: Task, carryOut: (signal: AbortSignal, onProgress: (progress: AuditProgress) => void) => Promise<Standing>): Promise<void> => {
    const controller = (running.current = new AbortController())
    setStanding({ state: 'busy', task })
    const result = await carryOut(controller.signal, (progress) => setStanding({ state: 'busy', task, progress })).catch((error: unknown): Standing => ({ state: 'failed', message: (error as Error).message }))
    if (running.current !== controller) return
    setStanding(controller.signal.aborted ? { state: 'idle' } : result)
    if (result.state === 'done') announce(result.report.ok ? t('ok') : t('notOk'))
    if (result.state === 'saved') announce(t('saved', { file: result.file }))
  }

  /** Asked for as soon as it is known whose log it is. */
  const createPins = () => {
    const pins = {
      found: 0,
      of: (organisationId: string) => {
        const kept = readPins(localStorage, baseUrl, organisationId)
        pins.found = kept.length
        return kept
      },
    }
    return pins
  }

  /** What is found right is what the next verification is held against. */
  const finish = (report: AuditReport, pinsBefore: number, file?: string): Standing => {
    if (report.ok && report.pin) addPin(localStorage, baseUrl, report.organisationId, report.pin)
    return { state: 'done', report, pinsBefore, ...(file !== undefined && { file }) }
  }

  const verify = (): Promise<void> =>
    run('verify', async (signal, onProgress) => {
      const pins = createPins()
      const { data, error } = await client.audit.verify({ pinned: pins.of, onProgress, signal })
      if (data === undefined || error) throw error ?? new Error(t('failed'))
      return finish(data, pins.found)
    })

  const verifyChosen = ({ target }: ChangeEvent<HTMLInputElement>): void => {
    const file = target.files?.[0]
    target.value = ''
    if (file === undefined) return
    void run('file', async (signal, onProgress) => {
      const pins = createPins()
      return finish(await verifyFile(file, { pinned: pins.of, onProgress, signal }), pins.found, file.name)
    })
  }

  const download = (): Promise<void> =>
    run('export', async (signal, onProgress) => {
      const parts: string[] = []
      for await (const part of client.audit.export({ onProgress, signal })) parts.push(part)
      const file = `audit-${new Date().toISOString().slice(0, 10)}.jsonl`
      saveFile(file, parts, 'application/jsonl')
      return { state: 'saved', file }
    })

  const isBusy = standing.state === 'busy'
  const mayRead = can['auditExport'] === true
  return (
    <div className="audit-verify">
      <p>{t('verify.intro')}</p>
      {!mayRead && <Denied permission="audit.export" />}
      <div className="row">
        {mayRead && <Button look="primary" icon="check" disabled={isBusy} onClick={() => void verify()}>{t('verify.button')}</Button>}
        <label className={isBusy ? 'button plain disabled' : 'button plain'}>
          {t('file.button')}
          <input type="file" className="visually-hidden" accept=".jsonl,.json,application/jsonl" disabled={isBusy} onChange={verifyChosen} />
        </label>
        {mayRead && <Button disabled={isBusy} onClick={() => void download()}>{t('export.button')}</Button>}
      </div>
      {standing.state === 'busy' && <Running task={standing.task} progress={standing.progress} stop={() => running.current?.abort()} />}
      {standing.state === 'failed' && <Notice tone="bad" title={t('failed')}>{standing.message}</Notice>}
      {standing.state === 'saved' && <Notice tone="good">{t('saved', { file: standing.file })}</Notice>}
      {standing.state === 'done' && <Report report={standing.report} pinsBefore={standing.pinsBefore} file={standing.file} />}
    </div>
  )
}

function Running({ task, progress, stop }: { readonly task: Task; readonly progress: AuditProgress | undefined; stop(): void }): ReactNode {
  const t = useAuditText()
  const { records = 0, total = null } = progress ?? {}
  return (
    <div className="card form">
      <Progress value={total === null || total === 0 ? 0 : Math.min(1, records / total)} label={t(`running.${task}`)} />
      <p className="row">{total === null ? t('progress.unknown', { records }) : t('progress', { records, total })}<Button look="quiet" onClick={stop}>{t('stop')}</Button></p>
    </div>
  )
}
