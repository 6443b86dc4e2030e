/** Draws the demo nation's forms ready to print, not filled in: `node test/samples/make-demo-forms.ts`. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { listDemoForms } from './print.ts'

const folder = new URL('../../infra/demo/forms/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const old of readdirSync(folder)) rmSync(new URL(old, folder))
for (const { fileName, pdf } of await listDemoForms()) writeFileSync(new URL(fileName, folder), pdf)
