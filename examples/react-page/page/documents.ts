/** What the page reads and writes: one query for everything it shows, and one mutation. */
import { graphql } from '@buildrunner/sdk/urql'
import type { FragmentOf, ResultOf } from '@buildrunner/sdk/urql'

export const MicrostepRow = graphql(`
  fragment MicrostepRow on Microstep @_unmask { id key title status assignee }
`)

export const PlanPage = graphql(`
  query PlanPage($projectId: ID!) {
    project(projectId: $projectId) {
      id
      name
      progress { percent total done }
      analysis { ready blocked { key reasons { message } } }
      plan {
        milestones {
          id
          title
          progress { percent total done }
          steps { id title microsteps { ...MicrostepRow } }
        }
      }
    }
  }
`, [MicrostepRow])

export const SetStatus = graphql(`
  mutation SetStatus($input: SetStatusInput!) {
    setStatus(input: $input) {
      __typename
      ... on SetStatusPayload { microstep { id status } }
      ... on Error { code message path }
    }
  }
`)

export type Project = NonNullable<ResultOf<typeof PlanPage>['project']>
export type Milestone = Project['plan']['milestones'][number]
export type Microstep = FragmentOf<typeof MicrostepRow>
export type Status = Microstep['status']

/** How the statuses are called on the page, in the order of work. */
export const STATUSES: Readonly<Record<Status, string>> = {
  TODO: 'To do',
  IN_PROGRESS: 'In progress',
  BLOCKED: 'Blocked',
  IN_REVIEW: 'In review',
  DONE: 'Done',
  CANCELLED: 'Cancelled',
}
