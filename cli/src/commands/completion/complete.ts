/** Answers the shell at each Tab: commands, flags, plan ids, statuses and files, from the same definitions as `--help`. */
import { readdirSync } from 'node:fs'
import path from 'node:path'
import completions from '@bomb.sh/tab'
import { parsePlan, STATUSES } from '@buildrunner/sdk/plans'
import { COMMANDS } from '../../commands.ts'
import { findWorkspace, readPlanText } from '../../files/workspace.ts'
import { oneLine } from '../../plan/describe.ts'
import type { Command } from 'commander'
import type { Program } from '../../program.ts'

type Suggest = (value: string, description: string) => void
type Source = (suggest: Suggest) => void

/** @param words what the shell passes after `complete --`; the last one is being typed. */
export async function complete(program: Program, words: readonly string[]): Promise<void> {
  for (const entry of COMMANDS) await program.load(entry)
  const sources: Readonly<Record<string, Source>> = {
    id: planIds,
    ids: planIds,
    conflict: planIds,
    conflicts: planIds,
    statuses: (suggest) => STATUSES.forEach((value) => suggest(value, '')),
    file: (suggest) => files(words.at(-1) ?? '', suggest),
  }
  register(program.root, '', sources)
  completions.parse([...words])
}

/** Hands a command and those below it to the completion library: a placeholder or fixed choices say what completes. */
function register(command: Command, commandPath: string, sources: Readonly<Record<string, Source>>): void {
  const target = commandPath === '' ? completions : completions.command(commandPath, command.summary())
  const sourceOf = (name: string | undefined, choices: readonly string[] | undefined): Source | undefined =>
    choices === undefined ? (name === undefined ? undefined : sources[name]) : (suggest) => choices.forEach((value) => suggest(value, ''))
  for (const option of command.createHelp().visibleOptions(command)) {
    if (option.long == null) continue
    const placeholder = /[<[]([\w-]+)/.exec(option.flags)?.[1]
    const source = sourceOf(placeholder, option.argChoices)
    // Without a handler the library takes an option for a flag without value.
    if (placeholder === undefined) target.option(option.long.slice(2), option.description, option.short?.slice(1))
    else target.option(option.long.slice(2), option.description, (suggest: Suggest) => source?.(suggest), option.short?.slice(1))
  }
  for (const argument of command.registeredArguments) {
    const source = sourceOf(argument.name(), argument.argChoices)
    target.argument(argument.name(), (suggest: Suggest) => source?.(suggest), argument.variadic)
  }
  for (const child of command.commands) register(child, commandPath === '' ? child.name() : `${commandPath} ${child.name()}`, sources)
}

/** Never fails and never writes: a broken plan completes nothing. */
function planIds(suggest: Suggest): void {
  try {
    const { plan } = parsePlan(readPlanText(findWorkspace(process.cwd())))
    for (const milestone of plan?.milestones ?? []) {
      suggest(milestone.id, oneLine(milestone.title))
      for (const step of milestone.steps ?? []) {
        suggest(step.id, oneLine(step.title))
        for (const microstep of step.microsteps ?? []) suggest(microstep.id, oneLine(microstep.title))
      }
    }
  } catch {
    // Completion is no place for messages.
  }
}

function files(typed: string, suggest: Suggest): void {
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1)
  try {
    for (const entry of readdirSync(path.resolve(folder), { withFileTypes: true })) {
      if (!entry.name.startsWith('.')) suggest(`${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`, '')
    }
  } catch {
    // Nothing to offer.
  }
}
