/** The argument parser's own words, and what commands tell of their options, in the language of this run. */
import type { Argument, Command, CommanderError, Option } from 'commander'
import { msg, t, translated } from './text.ts'

/** Its headings, which it hands to `styleTitle`. */
export const HEADINGS = [msg('Usage:'), msg('Arguments:'), msg('Options:'), msg('Commands:')]

/** Translates what a command says of its arguments and options: they are defined in English. */
export function explained(command: Command): void {
  for (const one of [...command.registeredArguments, ...command.options]) one.description = translated(one.description)
}

/** A description with what the parser adds to it: choices and the default. */
export function described({ description, argChoices, defaultValue, defaultValueDescription }: Argument | Option): string {
  const isShown = defaultValue !== undefined && typeof defaultValue !== 'boolean' && !(Array.isArray(defaultValue) && defaultValue.length === 0)
  const facts = [
    ...(argChoices === undefined ? [] : [t('choices: {choices}', { choices: argChoices.map((choice) => JSON.stringify(choice)).join(', ') })]),
    ...(isShown ? [t('default: {value}', { value: defaultValueDescription ?? JSON.stringify(defaultValue) })] : []),
  ]
  return facts.length === 0 ? description : `${description} (${facts.join(', ')})`.trimStart()
}

/** What the parser complains of: its English, and ours with the same parts. */
const COMPLAINTS: readonly (readonly [pattern: RegExp, message: string])[] = [
  [/^unknown option '(?<option>.*)'$/, msg('Unknown option "{option}".')],
  [/^missing required argument '(?<argument>.*)'$/, msg('The argument "{argument}" is missing.')],
  [/^option '(?<option>.*)' argument missing$/, msg('The option "{option}" needs a value.')],
  [/^required option '(?<option>.*)' not specified$/, msg('The option "{option}" is required.')],
  [/^option '(?<option>.*)' argument '(?<value>.*)' is invalid\. Allowed choices are (?<choices>.*)\.$/, msg('The option "{option}" does not take "{value}": choose one of {choices}.')],
  [/^command-argument value '(?<value>.*)' is invalid for argument '(?<argument>.*)'\. Allowed choices are (?<choices>.*)\.$/, msg('The argument "{argument}" cannot be "{value}": choose one of {choices}.')],
  [/^too many arguments(?: for '(?<command>.*)')?\. Expected (?<expected>\d+) arguments? but got (?<given>\d+)\.$/, msg('Too many arguments: {expected} expected, {given} given.')],
  [/^option '(?<option>.*)' cannot be used with option '(?<other>.*)'$/, msg('The options "{option}" and "{other}" exclude each other.')],
]

/** A complaint of the parser for people; what is none of those above stays as it is. */
export function usageText({ message }: CommanderError): { readonly text: string; readonly remedy: string | undefined } {
  const [first = '', ...rest] = message.replace(/^error: /, '').split('\n')
  const meant = /^\(Did you mean (?:one of )?(.*)\?\)$/.exec(rest.join(' '))?.[1]
  const remedy = meant === undefined ? undefined : t('Did you mean {similar}?', { similar: meant })
  for (const [pattern, text] of COMPLAINTS) {
    const found = pattern.exec(first)
    if (found !== null) return { text: t(text, found.groups), remedy }
  }
  return { text: `${first.charAt(0).toUpperCase()}${first.slice(1)}${/[.?!]$/.test(first) ? '' : '.'}`, remedy }
}
