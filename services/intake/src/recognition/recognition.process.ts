/** A child process that reads, inspects or draws one page at a time. Whoever started it may kill it at any moment. */
import { readFile } from 'node:fs/promises'
import { type FormDefinition, formDefinition, type PageReading } from '@tasain/contracts'
import { helsinkiDate } from '@tasain/vocabulary'
import sharp from 'sharp'
import * as z from 'zod'
import { placeWords } from './authoring/blank-words.ts'
import { proposeForm } from './authoring/propose.ts'
import { engineParts, listForms, readCodeReader } from './disk.process.ts'
import { openEngine } from './engine/engine.ts'
import { toFailed } from './failure.ts'
import { inspectFile } from './inspect.ts'
import type { Answers, Ask, FormsAsked, Proposed, ReadRequest, Reply } from './messages.ts'
import { renderPageImage } from './page-image.ts'
import { prepareCodeReader } from './picture/barcode.ts'
import { withPdf } from './picture/pdf.ts'
import { listPdfWords } from './picture/pdf-text.ts'
import { preparePage, readFields, readText, readTextOf } from './reading.ts'

sharp.concurrency(1)
sharp.cache(false)

prepareCodeReader(readCodeReader())
const engine = openEngine(engineParts)
const shipped = listForms()
let kept: { readonly revision: number; readonly forms: readonly FormDefinition[] } = { revision: 0, forms: shipped }

async function answer(ask: Ask): Promise<Answers[keyof Answers]> {
  try {
    switch (ask.does) {
      case 'inspect':
        return await inspectFile(await readFile(ask.path))
      case 'render':
        return { ok: true, bytes: await renderPageImage(await readFile(ask.path), ask) }
      case 'read':
        return { ok: true, reading: await readStages(ask) }
      case 'readFields':
        return { ok: true, reading: await readFields(engine, await prepare(ask), today()) }
      case 'propose':
        return await propose(ask)
      case 'readText':
        return {
          ok: true,
          reading: await readTextOf(engine, { ...ask, bytes: await readFile(ask.path) }, ask, ask.mode),
        }
    }
  } catch (error) {
    return toFailed(error)
  }
}

async function readStages(ask: ReadRequest): Promise<PageReading> {
  const prepared = await prepare(ask)
  const { whole, ...fields } = await readFields(engine, prepared, today())
  return { ...fields, ...(whole ?? (await readText(engine, prepared))) }
}

async function propose({ path, kind, page }: ReadRequest): Promise<Proposed> {
  const bytes = await readFile(path)
  const { upright, barcodes } = await preparePage(engine, { bytes, kind, page }, [])
  const { rotation, skew } = upright
  const image = await renderPageImage(bytes, { kind, page, rotation, skew, width: 'page' })
  const told = kind === 'pdf' ? placeWords(upright, await withPdf(bytes, (pdf) => listPdfWords(pdf, page))) : []
  return { ok: true, image, ...(await proposeForm(engine, { upright, barcodes, told }, today())) }
}

async function prepare({ path, kind, page, forms }: ReadRequest) {
  // First: who asks takes them for given, even where the file cannot be read.
  const known = getForms(forms)
  return await preparePage(engine, { bytes: await readFile(path), kind, page }, known)
}

/** @throws Error when forms are asked for by a revision that has not been given. */
function getForms(asked: FormsAsked | undefined): readonly FormDefinition[] {
  if (asked === undefined) return shipped
  const { revision, definitions } = asked
  if (definitions === undefined) {
    if (kept.revision !== revision) throw new Error(`the forms of revision ${revision} have not been given`)
    return kept.forms
  }
  const forms = z.array(formDefinition).parse(definitions)
  if (revision !== null) kept = { revision, forms }
  return forms
}

const today = () => helsinkiDate(new Date())

process.on('message', (ask: Ask) => {
  void answer(ask).then((given) => {
    const reply: Reply = { id: ask.id, answer: given }
    process.send?.(reply)
  })
})
// Without its parent nobody would end it.
process.on('disconnect', () => process.exit(0))
