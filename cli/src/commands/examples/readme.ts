/** The page of a sample project. */
import { flattenPlan, progressOf, type Plan } from '@buildrunner/sdk/plans'
import type { Template } from '@buildrunner/sdk/template-engine'
import { number } from '../../plan/describe.ts'

/** Says what the plan holds and which commands come next. */
export function readme({ name, version, title, description }: Template, plan: Plan): string {
  const flat = flattenPlan(plan)
  const microsteps = [...flat.items.values()].filter(({ kind }) => kind === 'microstep').length
  const { total } = progressOf(flat).hours
  const rows = plan.milestones.map((milestone) => `| ${milestone.title} | ${milestone.phase ?? ''} | ${(milestone.steps ?? []).length} |`)
  return `# ${plan.project.name}

A sample project, made from the template ${name} ${version} (${title}).

${description}

The plan is in \`buildrunner/specs/plan.json\`: ${microsteps} ${microsteps === 1 ? 'microstep' : 'microsteps'}, ${number(total)} hours by their estimates.

| milestone | phase | steps |
|---|---|---|
${rows.join('\n')}

## How to go on

\`\`\`sh
br plan show                    # the plan as a tree
br plan next                    # what can be begun now, and why
br plan critical-path           # what decides when it is finished
br plan edit ID --status done   # carry it out; br qa run checks the criteria
br template use auth ci         # packs that join it
br template update              # a newer version of the template, with your changes kept
br sync --project NAME          # bring it to a server, to work on it with others
\`\`\`

The rules in \`governance/policy.yml\` say what must hold before something is done; \`br governance validate\` checks them, and
\`br governance apply\` puts them in force on the server.
`
}
