/** The pages of the site: those on disk, and those that are printed before a build and may not be on disk. */
import type { Page } from './pages.ts'
import { pageOf, pagesOnDisk } from './pages.ts'
import { changelogPage } from '../../../buildrunner/scripts/site/changelog.ts'
import { troubleshootingPages } from '../../../buildrunner/scripts/site/troubleshooting.ts'

/** All of them. References are there when they were generated. */
export function documentationPages(): Page[] {
  const printed = [...troubleshootingPages(), ...changelogPage()].map(([path, text]) => pageOf(path, text))
  const names = new Set(printed.map(({ file }) => file))
  return [...pagesOnDisk().filter(({ file }) => !names.has(file)), ...printed]
}
