/** A run, evidence and a preview of a project, for tests of what is seen of them. */
import type { Context } from '../../context.ts'
import { encodeNodeId, newUuid } from '../../shared/ids.ts'
import { recordPreview, recordRun } from '../service.ts'

/** Node ids of what was recorded. The evidence is that of a check that is flaky. */
export async function furnishQuality(ctx: Context, projectId: string, { item, milestone }: { item: string; milestone: string }): Promise<{ QaRun: string; Evidence: string; Preview: string }> {
  const at = ctx.clock.now()
  const run = { id: newUuid(), source: 'ci', commit: 'a'.repeat(40), branch: 'main', startedAt: at, finishedAt: at } as const
  const result = { item, criterion: 'It works.', criterionDigest: 'b'.repeat(64), checkKind: 'command', outcome: 'failed', durationMs: 1, attempts: 2, passedAttempts: 1 } as const
  await recordRun(ctx, { projectId, run, results: [result] })
  const { previewId } = await recordPreview(ctx, { projectId, itemId: milestone, url: 'https://preview.example.com', status: 'ready' })
  const [evidence] = await ctx.db.query<{ id: string }>({ name: 'qa:testing:evidence', text: 'SELECT id FROM evidence WHERE run_id = $1::uuid' }, [run.id])
  return { QaRun: encodeNodeId('QaRun', run.id), Evidence: encodeNodeId('Evidence', evidence!.id), Preview: encodeNodeId('Preview', previewId) }
}
