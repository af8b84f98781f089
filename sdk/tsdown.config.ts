import { defineConfig } from 'tsdown'
import packageJson from './package.json' with { type: 'json' }

/** Every entry that package.json exports, by its name in `dist`. */
const entry = Object.fromEntries(
  Object.entries(packageJson.exports).flatMap(([path, target]) => (typeof target === 'string' ? [] : [[path === '.' ? 'index' : path.slice(2), target['@buildrunner/source']]])),
)

export default defineConfig({
  entry,
  format: ['esm', 'cjs'],
  platform: 'neutral',
  target: 'es2022',
  tsconfig: 'tsconfig.build.json',
  dts: true,
  sourcemap: true,
  outExtensions: ({ format }) => (format === 'cjs' ? { js: '.cjs', dts: '.d.cts' } : { js: '.js', dts: '.d.ts' }),
})
