/** Plans for tests. */
import type { Plan } from '@buildrunner/sdk/plans'

/** A plan of `milestones` x `steps` x `microsteps` items with criteria, dependencies inside each step, and estimates. */
export function samplePlan(milestones = 2, steps = 2, microsteps = 3): Plan {
  const range = (length: number): number[] => Array.from({ length }, (_, index) => index + 1)
  return {
    version: 1,
    project: { name: 'Sample' },
    milestones: range(milestones).map((m) => ({
      id: `m${m}`, title: `Milestone ${m}`, phase: 'build', dueDate: '2027-01-31',
      steps: range(steps).map((s) => ({
        id: `m${m}.s${s}`, title: `Step ${s} of ${m}`,
        microsteps: range(microsteps).map((k) => ({
          id: `m${m}.s${s}.k${k}`, title: `Microstep ${k}`, description: 'Does one thing.', estimate: { optimistic: 1, likely: 2, pessimistic: 4 }, labels: ['api'],
          ...(k > 1 ? { dependsOn: [`m${m}.s${s}.k${k - 1}`] } : {}),
          acceptanceCriteria: [{ text: 'It works.' }, { id: 'tests', text: 'Tests pass.', check: { kind: 'command' as const, run: 'npm test' } }],
        })),
      })),
    })),
  }
}
