import { describe, expect, it } from 'vitest'
import { errorsOf, importText, notesOf } from './testing/books.ts'

const TEXT = `# Tasks: Photo albums

**Input**: Design documents from \`/specs/001-albums/\`

## Format: \`[ID] [P?] [Story] Description\`

- **[P]**: Can run in parallel
- [P] tasks = different files

## Phase 1: Setup

- [x] T001 Create the project
- [X] T002 [P] Configure linting

**Checkpoint**: it builds

## Phase 2: User Story 1 - Albums (Priority: P1)

**Goal**: people group photos

### Tests

- [ ] T003 [P] [US1] Contract test in tests/albums.ts
- [ ] T020a [US1] Late addition (depends on T001-T003)

### Implementation

- [ ] **T004** [US1] Model (depends on T003, T099)
- [ ] T003 Again
- [ ] No id at all
  - a detail
  - [ ] T005 nested

<!--
- [ ] T900 only a sample
-->

## Dependencies & Execution Order

- Phase 2 after Phase 1

\`\`\`text
- [ ] T901 not a task
\`\`\`
`

describe('Spec Kit', () => {
  const result = importText('tasks.md', TEXT)
  const { items, plan, report } = result

  it('is recognised, with phases as milestones and their headings as steps', () => {
    expect(report.format).toBe('spec-kit')
    expect(plan?.project.name).toBe('Photo albums')
    expect(plan?.milestones.map(({ id, phase, title }) => [id, phase, title])).toEqual([
      ['phase-1', 'Phase 1', 'Phase 1: Setup'],
      ['phase-2', 'Phase 2', 'Phase 2: User Story 1 - Albums (Priority: P1)'],
    ])
    expect(plan?.milestones.flatMap(({ steps }) => steps?.map(({ id }) => id))).toEqual(['phase-1.tasks', 'phase-2.tests', 'phase-2.implementation'])
    expect(plan?.milestones[0]?.description).toBe('**Checkpoint**: it builds')
  })

  it('takes ids, ticks and marks off the text', () => {
    expect(items.get('T001')?.fields).toEqual({ title: 'Create the project', status: 'done' })
    expect(items.get('T002')?.fields).toEqual({ title: 'Configure linting', status: 'done', labels: ['parallel'] })
    expect(plan?.milestones[1]?.steps?.[0]?.microsteps?.[0]?.labels).toEqual(['parallel', 'US1'])
    expect(items.get('phase-2.implementation.no-id-at-all')?.fields.description).toBe('- a detail')
    expect(items.get('T005')?.fields['x-speckit']).toEqual({ parent: 'phase-2.implementation.no-id-at-all' })
  })

  it('reads dependencies that a task names, ranges too', () => {
    expect(items.get('T020a')?.fields.dependsOn).toEqual(['T001', 'T002', 'T003'])
    expect(items.get('T004')?.fields.dependsOn).toEqual(['T003', 'T099'])
  })

  it('reports the duplicate and the unknown id where they stand', () => {
    expect(errorsOf(result).map(({ code, line }) => [code, line])).toEqual([
      ['duplicate-id', 29],
      ['unknown-dependency', 28],
    ])
    expect(importText('tasks.md', TEXT, { fix: true }).problems).toEqual([])
  })

  it('takes neither the legend nor samples for tasks, and keeps all prose', () => {
    expect([...items.keys()].filter((id) => id.startsWith('T9'))).toEqual([])
    expect(report.merged.map(({ item }) => item)).toEqual(['a detail', '**[P]**: Can run in parallel', '[P] tasks = different files', 'Phase 2 after Phase 1'])
    expect(plan?.project.description).toContain('- [P] tasks = different files')
    expect(plan?.project.description).toContain('- [ ] T901 not a task')
    expect(plan?.project.description).toContain('- Phase 2 after Phase 1')
    expect(notesOf(result, 'text-kept').some(({ line }) => line === 38)).toBe(true)
  })
})
