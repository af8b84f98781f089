/** A plan of an ordinary shape in any size; the same for the same arguments. */
import type { Microstep, Plan, Step } from '../src/domain/plans/types.ts'

const STEPS_A_MILESTONE = 25
const MICROSTEPS_A_STEP = 20
const VERBS = ['Write', 'Review', 'Measure', 'Document', 'Migrate', 'Test', 'Design', 'Deploy'] as const
const THINGS = ['the sign-in form', 'the billing export', 'the audit log', 'the search index', 'the plan editor', 'the webhook worker'] as const
const REASON = 'Users asked for it in the last two rounds of interviews, and the present way costs them several minutes a day. '

function microstep(index: number, isDone: boolean): Microstep {
  const title = `${VERBS[index % VERBS.length]} ${THINGS[index % THINGS.length]} (part ${index})`
  return {
    id: `T-${index}`,
    title,
    description: `${title}.\n\n${REASON.repeat(1 + (index % 2))}`,
    ...(index % MICROSTEPS_A_STEP > 1 && { dependsOn: [`T-${index - 1}`, `T-${index - 2}`] }),
    labels: ['backend', `area-${index % 7}`],
    priority: index % 5 === 0 ? 'high' : 'medium',
    acceptanceCriteria: [
      { text: `It works for ${index} entries and for none` },
      { text: 'The tests pass', check: { kind: 'command', run: `npm test -- part-${index}` } },
    ],
    ...(isDone && { status: 'done' as const }),
    estimate: index % 3 === 0 ? { optimistic: 1, likely: 2, pessimistic: 5 } : 1 + (index % 4),
  }
}

/** @param microsteps how many; the first third is done */
export function samplePlan(microsteps: number): Plan {
  const steps: Step[] = Array.from({ length: Math.ceil(microsteps / MICROSTEPS_A_STEP) }, (_, step) => {
    const first = step * MICROSTEPS_A_STEP
    const indexes = Array.from({ length: Math.min(MICROSTEPS_A_STEP, microsteps - first) }, (_, index) => first + index)
    return {
      id: `S-${step}`,
      title: `${VERBS[step % VERBS.length]} everything about ${THINGS[step % THINGS.length]}`,
      ...(step % STEPS_A_MILESTONE > 0 && { dependsOn: [`S-${step - 1}`] }),
      microsteps: indexes.map((index) => microstep(index, index < microsteps / 3)),
    }
  })
  const milestones = Array.from({ length: Math.ceil(steps.length / STEPS_A_MILESTONE) }, (_, index) => ({
    id: `M-${index}`,
    title: `Release ${index}`,
    phase: index < 4 ? 'Foundation' : 'Growth',
    dueDate: `2027-${String(1 + (index % 12)).padStart(2, '0')}-01`,
    ...(index > 0 && { dependsOn: [`M-${index - 1}`] }),
    steps: steps.slice(index * STEPS_A_MILESTONE, (index + 1) * STEPS_A_MILESTONE),
  }))
  return { version: 1, project: { name: 'Sample' }, milestones }
}
