/** What the reading process takes from disk: the forms that ship, the engines' models and the code reader's program. */
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FormDefinition, formDefinition } from './forms/definition.ts'

const require = createRequire(import.meta.url)
const formsFolder = join(import.meta.dirname, 'forms')

/** Every form that ships with the product: one JSON file each in `forms`. @throws ZodError on a bad file. */
export function listForms(): readonly FormDefinition[] {
  return readdirSync(formsFolder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => formDefinition.parse(JSON.parse(readFileSync(join(formsFolder, name), 'utf8'))))
}

/** The WebAssembly program that reads codes. */
export function readCodeReader(): ArrayBuffer {
  return new Uint8Array(readFileSync(require.resolve('zxing-wasm/reader/zxing_reader.wasm'))).buffer
}

/** The engine wants all its models in one folder: they are linked into one for as long as `work` runs. */
export async function withModels<T>(codes: readonly string[], work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tasain-models-'))
  try {
    for (const code of codes) {
      const file = `${code}.traineddata.gz`
      await symlink(require.resolve(`@tesseract.js-data/${code}/4.0.0_best_int/${file}`), join(folder, file))
    }
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
