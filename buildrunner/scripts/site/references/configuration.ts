/** The variables of the environment, from the registry that parses them. */
import { VARIABLE_LIST } from '../../../../api/src/environment.ts'
import type { Variable, VariableName } from '../../../../api/src/environment.ts'
import { blocks, code, fence, printPage, property, prose } from './markdown.ts'
import { facts } from './rest.ts'

const READERS: Readonly<Record<Variable<unknown>['readBy'], readonly [heading: string, about: string]>> = {
  server: ['The server', 'Read once, as the server starts. A value that is wrong ends the start with exit code 10 and says what it must be.'],
  cli: ['`br` and the SDK', 'Options of a command and of the client win over them.'],
  tests: ['Tests', 'Read by the tests of the repository alone.'],
}

/** Pages by their paths below `reference/configuration`. */
export function configurationPages(): Map<string, string> {
  const sections = Object.entries(READERS).flatMap(([reader, [heading, about]]) => [`## ${heading}`, about, ...VARIABLE_LIST.filter(([, { readBy }]) => readBy === reader).map(([name, definition]) => section(name, definition))])
  return new Map([['index.mdx', printPage({
    title: 'Configuration', order: 0, components: ['Definition', 'Facts'],
    description: `The ${VARIABLE_LIST.length} variables of the environment that server, br and SDK read: what each is for, its default, and what is secret.`,
    body: blocks(
      'Variables of the shell win over a file `.env` in the root of the checkout; `.env.example` lists all of them. `npm run verify:env` checks what is set, and connects to what it names:',
      fence('bash', 'npm run verify:env', 'skip="works on a checkout"'), ...sections,
    ),
  })]])
}

function section(name: VariableName, { purpose, default: initial, unset, secret }: Variable<unknown>): string {
  const value = initial !== undefined ? code(initial) : prose(unset ?? '')
  return blocks(`<Definition ${property('id', name)} ${property('name', name)} ${property('kind', secret === true ? 'secret' : 'variable')} />`, prose(purpose), facts([['Default', value]]))
}
