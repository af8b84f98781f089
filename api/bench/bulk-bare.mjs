/** The baseline of a sync: parses plan.json, and writes its rows with an event and an audit row by one statement. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import pg from 'pg'

const [url, file, mode, count] = process.argv.slice(2)
const plan = JSON.parse(readFileSync(file, 'utf8'))
const client = new pg.Client(url)
await client.connect()
await client.query('SET jit = off')

const rows = []
const visit = (items, parent, kind, childKind) => {
  items.forEach((item, index) => {
    const { id, title, description, status, dependsOn, labels, estimate, assignee, priority, notes, acceptanceCriteria, links, phase, dueDate } = item
    const row = { id: randomUUID(), parent_id: parent, kind, key: id, rank: `a${String(index).padStart(5, '0')}`, title, description, priority, assignee, phase, due_date: dueDate, depends_on: dependsOn ?? [], labels: labels ?? [], estimate, links, notes, criteria: acceptanceCriteria }
    if (kind === 'microstep') row.status = status ?? 'todo'
    rows.push(row)
    if (childKind) visit(item[childKind] ?? [], row.id, childKind.slice(0, -1), childKind === 'steps' ? 'microsteps' : null)
  })
}
visit(plan.milestones, null, 'milestone', 'steps')

const { rows: [owner] } = await client.query('SELECT id FROM organisations LIMIT 1')
const columns = 'id uuid, parent_id uuid, kind item_kind, key text, rank text, title text, description text, status item_status, priority item_priority, assignee text, phase text, due_date date, depends_on text[], labels text[], estimate json, links json, notes text, criteria json'
const names = columns.split(', ').map((column) => column.split(' ')[0])
const log = `event AS (INSERT INTO runner_events (stream_id, sequence, organisation_id, kind, actor_id, origin, request_id, data) SELECT gen_random_uuid(), 1, $2::uuid, 'plan.changed', $2::uuid, 'bench', 'bench', $3::json),
  audit AS (INSERT INTO audit_records (id, organisation_id, actor_id, action, target_type, target_id, request_id, origin) SELECT gen_random_uuid(), $2::uuid, $2::uuid, 'plan.sync', 'project', $2::uuid, 'bench', 'bench')`

if (mode === 'insert') {
  await client.query(`WITH project AS (INSERT INTO projects (id, organisation_id, slug, name) VALUES (gen_random_uuid(), $2::uuid, gen_random_uuid()::text, 'bare') RETURNING id), ${log}
    INSERT INTO plan_items (organisation_id, project_id, ${names.join(', ')}) SELECT $2::uuid, project.id, ${names.map((name) => `r.${name}`).join(', ')} FROM project, json_to_recordset($1::json) AS r(${columns})`,
  [JSON.stringify(rows), owner.id, JSON.stringify(plan.milestones)])
} else {
  const { rows: targets } = await client.query('SELECT id FROM plan_items WHERE kind = \'microstep\' LIMIT $1', [Number(count)])
  const edits = targets.map(({ id }, index) => ({ id, title: `Edited ${index}`, assignee: 'bare' }))
  await client.query(`WITH ${log} UPDATE plan_items i SET title = r.title, assignee = r.assignee, updated_at = now() FROM json_to_recordset($1::json) AS r(id uuid, title text, assignee text) WHERE i.id = r.id`,
    [JSON.stringify(edits), owner.id, JSON.stringify(edits)])
}
await client.end()
