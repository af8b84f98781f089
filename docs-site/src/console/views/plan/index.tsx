/** The plan as a tree: what there is, how far it is, what can be worked on, and everything editable in place. */
import { Suspense, lazy, useCallback, useMemo, useRef } from 'react'
import type { ReactNode } from 'react'
import type { BlockReason, PlanItem } from '@buildrunner/sdk/plans'
import { useAnalysis, useProject } from '../../offline/use-project.tsx'
import { useOpenProject } from '../../project/scope.tsx'
import { go, linkTo } from '../../routes.ts'
import type { Route } from '../../routes.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { PopupMenu } from '../../ui/menu.tsx'
import { ErrorNotice } from '../../ui/notice.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { Empty, Loading } from '../../ui/states.tsx'
import { useTitle } from '../../views.tsx'
import { STATUSES, choicesOf, filterOf, isAnything, queryOf, shownBy } from './model/filter.ts'
import type { Filter, Standing } from './model/filter.ts'
import { removal } from './model/moves.ts'
import { rollUps, rowsOf } from './model/rows.ts'
import { usePlanText } from './plan-text.ts'
import { PrintedPlan } from './print.tsx'
import { Refusals } from './refusals.tsx'
import { Toolbar } from './toolbar.tsx'
import { PlanTree } from './tree.tsx'
import { useEdits } from './use-edits.ts'
import { useExpanded } from './use-expanded.ts'
import { useOthersChanges } from './use-others.ts'
import { neighbourOf, useTree } from './use-tree.ts'
import './plan.css'

// What the first view of a plan does not show is loaded when it is asked for.
const EmptyPlan = lazy(async () => ({ default: (await import('./empty-plan.tsx')).EmptyPlan }))
const RemoveDialog = lazy(async () => ({ default: (await import('./dialogs.tsx')).RemoveDialog }))
const ShortcutsDialog = lazy(async () => ({ default: (await import('./dialogs.tsx')).ShortcutsDialog }))
const Inspector = lazy(async () => ({ default: (await import('../../inspector/inspector.tsx')).Inspector }))

export default function PlanPage({ route }: { readonly route: Route }): ReactNode {
  const t = usePlanText()
  const { project, can } = useOpenProject()
  const { flat } = useProject()
  useTitle(t('title', { project: project.name }))
  const isOpen = project.archivedAt === null
  const canWrite = isOpen && can.plannerWrite
  const isEmpty = flat.items.size === 0
  return (
    <div className="plan">
      <div className="page-head plan-page-head">
        <h1>{project.name}</h1>
        {!isEmpty && <Summary />}
        {!isOpen ? <span className="chip warn">{t('archived')}</span> : !canWrite && <span className="chip">{can.builderRun ? t('statusOnly') : t('readOnly.mark')}</span>}
      </div>
      <Refusals t={t} />
      {isEmpty ? <EmptyPlan canWrite={canWrite} t={t} /> : <Editor route={route} canWrite={canWrite} canRun={isOpen && can.builderRun} />}
    </div>
  )
}

/** The plan in one line. */
function Summary(): ReactNode {
  const t = usePlanText()
  const analysis = useAnalysis()
  if (analysis === undefined) return null
  const { progress, ready, blocked } = analysis
  return <p className="plan-summary">{t('summary', { share: progress.percent / 100, done: progress.done, total: progress.total, ready: ready.length, blocked: blocked.length })}</p>
}

/** What can be worked on, and what waits for what; empty until it is known. */
interface KnownStanding extends Standing {
  readonly blocked: ReadonlyMap<string, readonly BlockReason[]>
}

const NOT_KNOWN: KnownStanding = { ready: new Set(), blocked: new Map() }

function Editor({ route, canWrite, canRun }: { readonly route: Route; readonly canWrite: boolean; readonly canRun: boolean }): ReactNode {
  const t = usePlanText()
  const { project } = useOpenProject()
  const state = useProject()
  const { flat, pending } = state
  const slug = route.project as string
  const search = useRef<HTMLInputElement>(null)
  const filter = useMemo(() => filterOf(route.query), [route.query])
  const query = useMemo(() => queryOf(filter), [filter])
  const [opened] = route.rest
  const linkOf = useCallback((id: string) => linkTo('plan', { project: slug, rest: [id], query }), [slug, query])
  const listLink = linkTo('plan', { project: slug, query })
  const analysis = useAnalysis()
  const standing = useMemo((): KnownStanding => analysis === undefined ? NOT_KNOWN : { ready: new Set(analysis.ready), blocked: new Map(analysis.blocked.map(({ id, reasons }) => [id, reasons])) }, [analysis])
  const expanded = useExpanded(project.id, flat)
  const isFiltered = !isAnything(filter)
  const shown = useMemo(() => shownBy(flat, filter, standing), [flat, filter, standing])
  const { isExpanded } = expanded
  const rows = useMemo(() => rowsOf(flat, isFiltered ? () => true : isExpanded, shown), [flat, isFiltered, isExpanded, shown])
  const sums = useMemo(() => rollUps(flat), [flat])
  const choices = useMemo(() => choicesOf(flat), [flat])
  const waiting = useMemo(() => new Set(pending.flatMap(({ itemKeys }) => itemKeys)), [pending])
  const marked = useOthersChanges(state, t)
  const edits = useEdits(state)
  const tree = useTree({ plan: flat, edits, expanded, canWrite, canRun, linkOf, focusFilter: () => search.current?.focus(), t })
  const setFilter = (next: Filter): void => go(linkTo('plan', { project: slug, rest: opened === undefined ? [] : [opened], query: queryOf(next) }), { replace: true })
  const removing = tree.removing === null ? undefined : flat.items.get(tree.removing)
  const choosing = tree.choosing === null ? undefined : flat.items.get(tree.choosing.id)
  const remove = async (item: PlanItem): Promise<void> => {
    const next = neighbourOf(rows, item)
    tree.closeAll(false)
    await edits.run(removal(flat, item.id))
    if (next !== undefined) tree.actions.focus(next)
  }
  const parents = useMemo(() => [...flat.children.keys()].filter((id) => id !== null), [flat])
  return (
    <>
      <Toolbar filter={filter} choices={choices} search={search} setFilter={setFilter} leave={() => tree.closeAll(true)} t={t} counted={isFiltered ? t('counted', { shown: shown?.matches.size ?? 0, total: flat.items.size }) : t('counts', { milestones: flat.children.get(null)?.length ?? 0, items: flat.items.size })} />
      <ErrorNotice error={edits.error} title={t('notDone')} dismiss={edits.clearError} />
      <div className="plan-tools">
        {canWrite && <Button icon="add" onClick={() => tree.add({ kind: 'milestone', parentId: null, after: flat.children.get(null)?.at(-1) ?? null })}>{t('new.milestone')}</Button>}
        <Button look="quiet" onClick={() => expanded.set(parents, true)}>{t('unfold')}</Button>
        <Button look="quiet" onClick={() => expanded.set(parents, false)}>{t('fold')}</Button>
        <span className="top-space" />
        <IconButton icon="print" label={t('print')} onClick={() => print()} />
        <Button look="quiet" aria-keyshortcuts="?" onClick={tree.showHelp}>{t('shortcuts')}</Button>
      </div>
      <div className="plan-split" data-open={opened !== undefined || undefined}>
        {rows.length === 0 ? (
          <Empty title={t('none')} icon="search"><p>{t('none.text')}</p></Empty>
        ) : (
          <PlanTree plan={flat} rows={rows} linkOf={linkOf} rollUps={sums} ready={standing.ready} blocked={standing.blocked} marked={marked} waiting={waiting} active={tree.active ?? opened} opened={opened} editing={tree.editing} canWrite={canWrite} canRun={canRun} actions={tree.actions} command={tree.command} focusTurn={tree.focusTurn} t={t} />
        )}
        {opened !== undefined && (
          <Suspense fallback={<aside className="inspector"><Loading /></aside>}>
            <Inspector
              key={opened}
              itemKey={opened}
              close={() => {
                go(listLink)
                tree.actions.focus(opened)
              }}
            />
          </Suspense>
        )}
      </div>
      <datalist id="plan-assignees">{choices.assignees.map((name) => <option key={name} value={name} />)}</datalist>
      <PrintedPlan rows={rows} rollUps={sums} t={t} />
      {choosing && tree.choosing && (
        <PopupMenu
          label={t('status.choose', { title: choosing.fields.title })}
          anchor={tree.choosing.anchor}
          items={STATUSES.map((status) => ({ id: status, label: t(`status.${status}`), icon: <StatusIcon status={status} />, checked: (choosing.fields.status ?? 'todo') === status, choose: () => tree.setStatus(choosing.id, status) }))}
          close={tree.closeAll}
        />
      )}
      <Suspense>
        {removing && <RemoveDialog plan={flat} item={removing} remove={() => void remove(removing)} close={() => tree.closeAll(false)} t={t} />}
        {tree.isHelpShown && <ShortcutsDialog close={() => tree.closeAll(false)} t={t} />}
      </Suspense>
    </>
  )
}
