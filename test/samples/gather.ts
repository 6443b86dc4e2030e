import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listForms } from '../../services/intake/src/recognition/disk.process.ts'
import type { Profile } from './damage.ts'
import { drawForm } from './form.ts'

/** A scanned form and what is true of it: the index fields and the form's own, by name. */
export type KnownForm = {
  readonly fileName: string
  readonly bytes: Buffer
  readonly truth: Readonly<Record<string, string>>
}

export type TruthFile = { file: string; formCode: string; lang: 'fi' | 'sv'; fields: Record<string, string> }

/** The truths that lie beside the pages of a folder, by name: NAME.json with at least `file`, `formCode`, `lang` and `fields`. */
export function listTruths<T extends TruthFile>(folder: string): T[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name): Partial<T> => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    .filter((truth): truth is T => Boolean(truth.file && truth.formCode && truth.lang && truth.fields))
}

/** Every page of a folder that has its truth beside it. @throws Error when a form is none the product knows. */
export function readForms(folder: string): KnownForm[] {
  const benefits = new Map(listForms().map(({ code, benefit }) => [code, benefit]))
  return listTruths(folder).map(({ file, formCode, lang, fields }) => {
    const benefit = benefits.get(formCode)
    if (benefit === undefined) throw new Error(`${file} is a form the product does not know: ${formCode}`)
    return { fileName: file, bytes: readFileSync(join(folder, file)), truth: { ...fields, benefit, language: lang } }
  })
}

const papers: readonly (readonly [layout: string, damage: Profile])[] = [
  ['housing-fi', 'clean'],
  ['housing-fi', 'tilted'],
  ['housing-fi', 'inPdf'],
  ['sickness-fi', 'office'],
  ['sickness-fi', 'fax'],
  ['sickness-fi', 'upsideDown'],
  ['child-sv', 'coarse'],
  ['child-sv', 'sideways'],
  ['child-sv', 'dirty'],
]

/**
 * Nine forms of our own, harmed in different ways. On the last the applicant has slipped in the identity code, so that a
 * clerk has to find out whose it is: its truth is the right code.
 */
export async function drawForms(): Promise<KnownForm[]> {
  const drawn: KnownForm[] = []
  for (const [index, [layout, damage]] of papers.entries()) {
    const order = { layout, damage, seed: 400 + index }
    const right = await drawForm(order)
    const { benefit, language, fields } = right.truth
    const slips = index === papers.length - 1 ? { hetu: slip(fields['hetu'] ?? '') } : {}
    const { bytes, fileName } = await drawForm({ ...order, answers: slips })
    drawn.push({ fileName, bytes, truth: { ...fields, benefit, language } })
  }
  return drawn
}

/** Another check character, which then is the wrong one. */
const slip = (code: string) => code.slice(0, -1) + (code.endsWith('7') ? '8' : '7')
