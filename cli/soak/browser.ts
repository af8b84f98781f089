/** A page in a real browser, which goes offline, is reloaded in the middle of its work, and comes back. */
import { build } from 'esbuild'
import { openChromium } from '../../sdk/test/chromium.ts'
import type { PageApi, PageConfig } from './page.ts'

export interface SoakPage {
  call<Name extends keyof PageApi>(name: Name, ...args: Parameters<PageApi[Name]>): Promise<Awaited<ReturnType<PageApi[Name]>>>
  setOffline(offline: boolean): Promise<void>
  /** Ends the page's scripts wherever they are; they begin anew on what IndexedDB holds. */
  reload(): Promise<void>
  close(): Promise<void>
}

export async function openSoakPage(config: PageConfig): Promise<SoakPage> {
  const { outputFiles } = await build({
    entryPoints: [new URL('page.ts', import.meta.url).pathname], bundle: true, write: false, format: 'iife', platform: 'browser', target: 'es2022', conditions: ['@buildrunner/source'],
  })
  const browser = await openChromium(outputFiles[0]!.text)
  const page = await browser.newTab()
  const begin = (): Promise<unknown> => page.evaluate(`openSoak(${JSON.stringify(config)})`)
  await begin()
  return {
    call: (name, ...args) => page.evaluate(`soak.${name}(...${JSON.stringify(args)})`),
    setOffline: (offline) => page.context().setOffline(offline),
    async reload() {
      await page.context().setOffline(false)
      await page.reload()
      await begin()
    },
    close: () => browser.close(),
  }
}
