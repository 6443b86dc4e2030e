/** What the reading process takes from disk: the forms that ship, the engines' models and the code reader's program. */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Core } from './engine/core.ts'
import type { EngineParts } from './engine/engine.ts'
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

/**
 * The reading engine's program and models. The build with SIMD is 4.5 times as fast as the one without, and every x64
 * processor that runs Node 24 has it; the one with relaxed SIMD is no faster.
 */
export const engineParts: EngineParts = {
  core() {
    const load = require('tesseract.js-core/tesseract-core-simd') as (given: object) => Promise<Core>
    const silence = () => undefined
    return load({ TesseractProgress: silence, print: silence, printErr: silence })
  },
  model: (name) =>
    gunzipSync(readFileSync(require.resolve(`@tesseract.js-data/${name}/4.0.0_best_int/${name}.traineddata.gz`))),
}
