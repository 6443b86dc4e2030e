import { drawPdfPage, withPdf } from '../../services/intake/src/recognition/picture/pdf.ts'
import { type Damage, profiles, scanPage } from './damage.ts'
import { codeText, drawFormPdf, type Face, faces } from './draw.ts'
import { placeLayout } from './geometry.ts'
import { getLayout } from './layouts.ts'
import { type Answers, createRandom, drawAnswers, pick } from './people.ts'

export type Truth = {
  readonly layout: string
  readonly formCode: string
  readonly language: 'fi' | 'sv'
  readonly benefit: string
  readonly codeText: string
  readonly face: Face
  readonly damage: Damage
  /** What stands in each field, by the names every form shares. */
  readonly fields: Answers
}
export type DrawnForm = { readonly bytes: Uint8Array; readonly mediaType: string; readonly truth: Truth }

/**
 * Draws one filled form as a scanner would deliver it. `seed` decides who applies and what they wrote; the same input
 * gives the same page. `answers` replaces some of what is written.
 */
export async function drawForm(order: {
  readonly layout: string
  readonly seed: number
  readonly damage?: Damage
  readonly answers?: Answers
}): Promise<DrawnForm> {
  const layout = getLayout(order.layout)
  const random = createRandom(order.seed)
  const all = { ...drawAnswers(random, layout.language), ...order.answers }
  const face = pick(random, faces)
  const damage = order.damage ?? profiles.clean
  const pdf = await drawFormPdf(layout, order.seed, all, face)
  const drawn = await withPdf(pdf, (open) => drawPdfPage(open, 1, 300 / 72))
  const names = new Set(placeLayout(layout).cells.map(({ name }) => name))
  const fields = Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)))
  const { language, benefit, code } = layout
  const truth = {
    layout: layout.id,
    formCode: code,
    language,
    benefit,
    codeText: codeText(layout, order.seed),
    face,
    damage,
    fields,
  }
  return { ...(await scanPage(drawn, damage, random)), truth }
}
