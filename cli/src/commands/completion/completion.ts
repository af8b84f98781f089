/** `br completion bash|zsh`: the script for the shell. What it asks at each Tab is answered by `complete.ts`. */
import { Argument, type Command } from 'commander'
import { examples } from '../../core/command.ts'
import { SCRIPTS } from './scripts.ts'
import type { Context } from '../../core/context.ts'

export function define(command: Command): void {
  command.addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh']))
  examples(command, [
    ['source <(br completion bash)', 'in ~/.bashrc'],
    ['br completion bash > /etc/bash_completion.d/br', 'for everyone'],
    ['br completion zsh > ~/.zsh/completions/_br', 'in a folder of $fpath'],
  ])
}

export function run(context: Context, _options: object, [shell = 'bash']: string[]): void {
  const script = SCRIPTS[shell] ?? ''
  if (context.out.json) context.out.result({ shell, script }, () => '')
  else context.out.raw(script)
}
