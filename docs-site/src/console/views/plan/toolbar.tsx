/** What of the plan is shown: kept in the address. */
import { useEffect, useRef, useState } from 'react'
import type { ReactNode, RefObject } from 'react'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/field.tsx'
import { STATUSES, isAnything } from './model/filter.ts'
import type { Choices, Filter } from './model/filter.ts'
import type { PlanText } from './plan-text.ts'

interface ToolbarProps {
  readonly filter: Filter
  readonly choices: Choices
  /** What can be seen of all. */
  readonly counted: string
  readonly search: RefObject<HTMLInputElement | null>
  setFilter(filter: Filter): void
  /** Back to the tree, from the field. */
  leave(): void
  readonly t: PlanText
}

const OPEN = 'todo,in_progress,in_review,blocked'
const ANYTHING: Filter = { text: '', statuses: [], assignee: undefined, label: undefined, phase: undefined, only: undefined }

export function Toolbar({ filter, choices, counted, search, setFilter, leave, t }: ToolbarProps): ReactNode {
  const status = filter.statuses.join(',')
  const statusOptions = [{ value: '', label: t('any') }, { value: OPEN, label: t('status.open') }, ...STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))]
  const known = statusOptions.some(({ value }) => value === status)
  const choose = (values: readonly string[]): { value: string; label: string }[] => [{ value: '', label: t('any') }, ...values.map((value) => ({ value, label: value }))]
  return (
    <search className="plan-toolbar" aria-label={t('filters')}>
      <div className="field plan-search">
        <label htmlFor="plan-search">{t('search')}</label>
        <SearchInput text={filter.text} search={search} leave={leave} change={(text) => setFilter({ ...filter, text })} />
      </div>
      <Select label={t('column.status')} value={status} options={known ? statusOptions : [...statusOptions, { value: status, label: filter.statuses.map((each) => t(`status.${each}`)).join(', ') }]} onChange={(event) => setFilter({ ...filter, statuses: event.target.value === '' ? [] : (event.target.value.split(',') as Filter['statuses']) })} />
      <Select label={t('only')} value={filter.only ?? ''} options={[{ value: '', label: t('any') }, { value: 'ready', label: t('ready') }, { value: 'blocked', label: t('blocked') }]} onChange={(event) => setFilter({ ...filter, only: (event.target.value || undefined) as Filter['only'] })} />
      {choices.assignees.length > 0 && <Select label={t('column.assignee')} value={filter.assignee ?? ''} options={choose(choices.assignees)} onChange={(event) => setFilter({ ...filter, assignee: event.target.value || undefined })} />}
      {choices.labels.length > 0 && <Select label={t('label')} value={filter.label ?? ''} options={choose(choices.labels)} onChange={(event) => setFilter({ ...filter, label: event.target.value || undefined })} />}
      {choices.phases.length > 0 && <Select label={t('phase')} value={filter.phase ?? ''} options={choose(choices.phases)} onChange={(event) => setFilter({ ...filter, phase: event.target.value || undefined })} />}
      {!isAnything(filter) && <Button look="quiet" icon="close" onClick={() => setFilter(ANYTHING)}>{t('filters.clear')}</Button>}
      <p role="status" className="fine plan-counted">{counted}</p>
    </search>
  )
}

/** The address follows what is typed, after a moment: it is no place to write in letter by letter. */
const PAUSE_MS = 120

interface SearchInputProps {
  readonly text: string
  readonly search: RefObject<HTMLInputElement | null>
  change(text: string): void
  leave(): void
}

function SearchInput({ text, search, change, leave }: SearchInputProps): ReactNode {
  const [typed, setTyped] = useState(text)
  const latest = useRef(change)
  latest.current = change
  useEffect(() => {
    // Somebody who types is ahead of the address; everywhere else that has changed it is followed.
    if (document.activeElement !== search.current) setTyped(text)
  }, [text, search])
  useEffect(() => {
    if (typed === text || document.activeElement !== search.current) return
    const timer = setTimeout(() => latest.current(typed), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed, text, search])
  return (
    <input
      id="plan-search"
      ref={search}
      type="search"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' && event.key !== 'Enter') return
        event.preventDefault()
        if (typed !== text) change(typed)
        leave()
      }}
    />
  )
}
