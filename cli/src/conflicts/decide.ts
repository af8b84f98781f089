/** Deciding a conflict on a terminal: the three values side by side, a choice, its preview, and a yes before anything is done. */
import { editorOf, editText } from '../core/editor.ts'
import { askText, choose, confirmPlain } from '../core/prompts.ts'
import { canMerge, parseValue, valueSource, withMarks, withoutMarks } from './by-hand.ts'
import { previewLines } from './report.ts'
import { sideBySide } from './side-by-side.ts'
import { placeOf, type Decision, type OpenConflict, type Preview } from './conflict.ts'
import { t } from '../text/text.ts'
import type { Context } from '../core/context.ts'
import type { Conflicts } from './open.ts'

/** A decision and what it does. */
export interface Decided {
  conflict: OpenConflict
  decision: Decision
  preview: Preview
}

/** @returns undefined when the person leaves it open */
export async function decide(context: Context, conflicts: Conflicts, conflict: OpenConflict): Promise<Decided | undefined> {
  const { out } = context
  out.note(sideBySide(conflict, process.stderr.columns ?? 80, out.errorStyle).join('\n'))
  for (;;) {
    const choice = await choose(t('What stands for {conflict}?', { conflict: placeOf(conflict) }), [
      { value: 'local', label: t('Keep local') },
      { value: 'remote', label: t('Take remote') },
      ...(canMerge(conflict) ? [{ value: 'merge', label: t('Merge by hand') } as const] : []),
      { value: 'leave', label: t('Leave it open') },
    ] as const)
    if (choice === 'leave') return undefined
    const decision: Decision = choice === 'merge' ? { merge: await askValue(context, conflict) } : { keep: choice }
    const preview = await conflicts.preview(conflict, decision)
    out.note(previewLines(decision, preview, await conflicts.before(conflict), out.errorStyle).join('\n'))
    if (await confirmPlain(t('Do this?'))) return { conflict, decision, preview }
  }
}

/** A value made of both sides: in the editor where there is one, else as a line. */
async function askValue(context: Context, conflict: OpenConflict): Promise<unknown> {
  const text = editorOf(context) === undefined ? await askText(t('The value'), valueSource(conflict.local)) : withoutMarks(await editText(context, 'conflict.txt', withMarks(conflict)))
  return parseValue(conflict, text, t('The value'))
}
