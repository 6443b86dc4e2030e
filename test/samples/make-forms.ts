/** Writes the definitions of our own forms to where the product looks for them: `node test/samples/make-forms.ts`. */
import { writeFileSync } from 'node:fs'
import { defineForm } from './geometry.ts'
import { layouts } from './layouts.ts'

const folder = new URL('../../services/intake/src/recognition/forms/', import.meta.url)
for (const layout of layouts) {
  const name = `${layout.code.toLowerCase().replace(' ', '')}.json`
  writeFileSync(new URL(name, folder), `${JSON.stringify(defineForm(layout))}\n`)
}
