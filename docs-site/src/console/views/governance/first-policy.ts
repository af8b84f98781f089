/** What a project begins with that has no rules yet: it warns, and stops nobody. */
export const FIRST_POLICY = `version: 1
rules:
  - id: done-needs-evidence
    when: [plan.microstep.update, plan.status.set]
    condition: item.status == "done" && item.criteria.met < item.criteria.total
    effect: warn
    message: "{{item.id}} is done, but not all of its criteria are met."
`
