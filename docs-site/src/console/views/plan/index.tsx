/** The plan as a tree: what there is, how far it is, what can be worked on, and everything editable in place. */
import { Suspense, lazy, useCallback, useMemo, useRef } from 'react'
import type { ReactNode } from 'react'
import type { FlatPlan, PlanChange, PlanItem } from '@buildrunner/sdk/plans'
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
import { STATUSES, choicesOf, filterOf, queryOf } from './model/filter.ts'
import type { Filter } from './model/filter.ts'
import { rollUps } from './model/rows.ts'
import type { Row } from './model/rows.ts'
import { usePlanText } from './plan-text.ts'
import type { PlanText } from './plan-text.ts'
import { PrintedPlan } from './print.tsx'
import { Toolbar } from './toolbar.tsx'
import { PlanTree } from './tree.tsx'
import { useEdits } from './use-edits.ts'
import type { Edits } from './use-edits.ts'
import { useExpanded } from './use-expanded.ts'
import type { Expanded } from './use-expanded.ts'
import { useOthersChanges } from './use-others.ts'
import { useShown } from './use-shown.ts'
import { neighbourOf, useTree } from './use-tree.ts'
import type { Tree } from './use-tree.ts'
import './plan.css'

// What the first view of a plan does not show is loaded when it is asked for.
const EmptyPlan = lazy(async () => ({ default: (await import('./empty-plan.tsx')).EmptyPlan }))
const Refusals = lazy(async () => ({ default: (await import('./refusals.tsx')).Refusals }))
const RemoveDialog = lazy(async () => ({ default: (await import('./dialogs.tsx')).RemoveDialog }))
const ShortcutsDialog = lazy(async () => ({ default: (await import('./dialogs.tsx')).ShortcutsDialog }))
const Inspector = lazy(async () => ({ default: (await import('../../inspector/inspector.tsx')).Inspector }))

export default function PlanPage({ route }: { readonly route: Route }): ReactNode {
  const t = usePlanText()
  const { project, can } = useOpenProject()
  const { flat, failed } = useProject()
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
      {failed.length > 0 && <Suspense><Refusals t={t} /></Suspense>}
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
  const expanded = useExpanded(project.id, flat)
  const { rows, standing, isFiltered, matches } = useShown(flat, filter, expanded)
  const sums = useMemo(() => rollUps(flat), [flat])
  const choices = useMemo(() => choicesOf(flat), [flat])
  const waiting = useMemo(() => new Set(pending.flatMap(({ itemKeys }) => itemKeys)), [pending])
  const marked = useOthersChanges(state, t)
  const edits = useEdits(state)
  const tree = useTree({ plan: flat, edits, expanded, canWrite, canRun, linkOf, focusFilter: () => search.current?.focus(), t })
  const setFilter = (next: Filter): void => go(linkTo('plan', { project: slug, rest: opened === undefined ? [] : [opened], query: queryOf(next) }), { replace: true })
  return (
    <>
      <Toolbar filter={filter} choices={choices} search={search} setFilter={setFilter} leave={() => tree.closeAll(true)} t={t} counted={isFiltered ? t('counted', { shown: matches, total: flat.items.size }) : t('counts', { milestones: flat.children.get(null)?.length ?? 0, items: flat.items.size })} />
      <ErrorNotice error={edits.error} title={t('notDone')} dismiss={edits.clearError} />
      <Tools plan={flat} tree={tree} expanded={expanded} canWrite={canWrite} t={t} />
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
      <Asked plan={flat} rows={rows} tree={tree} edits={edits} t={t} />
    </>
  )
}

interface ToolsProps {
  readonly plan: FlatPlan
  readonly tree: Tree
  readonly expanded: Expanded
  readonly canWrite: boolean
  readonly t: PlanText
}

function Tools({ plan: { children }, tree, expanded, canWrite, t }: ToolsProps): ReactNode {
  const parents = useMemo(() => [...children.keys()].filter((id) => id !== null), [children])
  return (
    <div className="plan-tools">
      {canWrite && <Button icon="add" onClick={() => tree.add({ kind: 'milestone', parentId: null, after: children.get(null)?.at(-1) ?? null })}>{t('new.milestone')}</Button>}
      <Button look="quiet" onClick={() => expanded.set(parents, true)}>{t('unfold')}</Button>
      <Button look="quiet" onClick={() => expanded.set(parents, false)}>{t('fold')}</Button>
      <span className="top-space" />
      <IconButton icon="print" label={t('print')} onClick={() => print()} />
      <Button look="quiet" aria-keyshortcuts="?" onClick={tree.showHelp}>{t('shortcuts')}</Button>
    </div>
  )
}

interface AskedProps {
  readonly plan: FlatPlan
  readonly rows: readonly Row[]
  readonly tree: Tree
  readonly edits: Edits
  readonly t: PlanText
}

/** What the tree asks on top of itself: a status, whether to delete, and its keys. */
function Asked({ plan, rows, tree, edits, t }: AskedProps): ReactNode {
  const removing = tree.removing === null ? undefined : plan.items.get(tree.removing)
  const choosing = tree.choosing === null ? undefined : plan.items.get(tree.choosing.id)
  const remove = async (item: PlanItem, changes: readonly PlanChange[]): Promise<void> => {
    const next = neighbourOf(rows, item)
    tree.closeAll(false)
    await edits.run(changes)
    if (next !== undefined) tree.actions.focus(next)
  }
  return (
    <>
      {choosing && tree.choosing && (
        <PopupMenu
          label={t('status.choose', { title: choosing.fields.title })}
          anchor={tree.choosing.anchor}
          items={STATUSES.map((status) => ({ id: status, label: t(`status.${status}`), icon: <StatusIcon status={status} />, checked: (choosing.fields.status ?? 'todo') === status, choose: () => tree.setStatus(choosing.id, status) }))}
          close={tree.closeAll}
        />
      )}
      <Suspense>
        {removing && <RemoveDialog plan={plan} item={removing} remove={(changes) => void remove(removing, changes)} close={() => tree.closeAll(false)} t={t} />}
        {tree.isHelpShown && <ShortcutsDialog close={() => tree.closeAll(false)} t={t} />}
      </Suspense>
    </>
  )
}
