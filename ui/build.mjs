// Builds the UI to dist/ui (or the folder given): one script, one style sheet, no request to anywhere else.
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))
const out = process.argv[2] ?? join(here, '..', 'dist', 'ui')

mkdirSync(out, { recursive: true })
await build({
  entryPoints: [join(here, 'app.ts'), join(here, 'app.css')],
  outdir: out,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  // Beside the script, for the maker; the gateway does not serve it.
  sourcemap: 'external',
  legalComments: 'none',
  conditions: ['production'],
  // Fields that are initialised the new way would hide Lit's accessors.
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
})
for (const name of ['index.html', 'favicon.svg']) copyFileSync(join(here, name), join(out, name))
