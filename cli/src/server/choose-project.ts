/** Asks which project to link to; a new one is among the answers. Only on a terminal. */
import { choose } from '../core/prompts.ts'
import { connect } from './connection.ts'
import { t } from '../text/text.ts'
import type { Context } from '../core/context.ts'

const NEW = '\u0000new'

export async function chooseProject(context: Context, name: string): Promise<{ id: string; slug: string }> {
  const connection = await connect(context, {})
  const { projects } = await connection.ask(connection.client.projects.list({ first: 50 }))
  const answer = await choose(t('Which project?'), [
    { value: NEW, label: t('A new one named "{name}"', { name }) },
    ...projects.map((project) => ({ value: project.id, label: project.slug, hint: project.name })),
  ])
  if (answer === NEW) return (await connection.ask(connection.client.projects.create({ name }))).project
  return connection.project(answer)
}
