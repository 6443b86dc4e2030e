import { flattenCode } from '@tasain/contracts'
import type { Engine } from '../engine/engine.ts'
import { cutField } from '../fields/snippet.ts'
import { isAlike } from '../fields/wording.ts'
import type { Code } from '../picture/barcode.ts'
import { type Affine, compose } from '../picture/grey.ts'
import { listRules, type Rule } from '../picture/rules.ts'
import type { UprightPage } from '../picture/upright.ts'
import { guessByItsCode } from './by-code.ts'
import { listFormsByBarcode } from './catalogue.ts'
import { type FormDefinition, isWritten } from './definition.ts'
import { type Registration, registerForm } from './registration.ts'

export type Recognised = { readonly form: FormDefinition; readonly registration: Registration }

/** Without its code a form must fit this well: nearly every line in its place. */
const leastShare = 0.92

/**
 * Which of the forms a page without a readable code is, by its printed lines; and then by its labels, for forms of two
 * languages or years may share their lines. undefined when none fits.
 */
export async function recogniseForm(
  engine: Engine,
  upright: UprightPage,
  forms: readonly FormDefinition[],
): Promise<Recognised | undefined> {
  const scale = upright.dpi / 300
  const { across } = listRules(upright.image, { across: 240 * scale, down: 100 * scale }, Math.max(4, 14 * scale))
  const fitting = forms.flatMap((form): Recognised[] => {
    const guess = guessByRules(form, across, scale)
    const registration = guess && registerForm(upright, form, guess)
    return registration !== undefined && registration.share >= leastShare ? [{ form, registration }] : []
  })
  const confirmed: Recognised[] = []
  for (const each of fitting) if (await areLabelsRight(engine, upright, each)) confirmed.push(each)
  return chooseOne(confirmed)
}

/** Several that fit are no answer, unless they are versions of one form: then the one that fits best. */
function chooseOne(fitting: readonly Recognised[]): Recognised | undefined {
  const codes = new Set(fitting.map(({ form }) => flattenCode(form.code)))
  return codes.size === 1 ? chooseBest(fitting) : undefined
}

/** The one with most of its lines in place; among equals the newest, which comes first. */
function chooseBest(fitting: readonly Recognised[]): Recognised | undefined {
  return fitting.reduce<Recognised | undefined>(
    (best, one) => (best === undefined || one.registration.share > best.registration.share + 0.02 ? one : best),
    undefined,
  )
}

/**
 * Which of the forms a page is by its code, and how it lies there: of several versions that may carry the code the one
 * whose lines are in their places. Without `registration` where no version's are. undefined when no form has the code.
 */
export function findByCode(
  upright: UprightPage,
  forms: readonly FormDefinition[],
  codes: readonly Code[],
): { readonly form: FormDefinition; readonly registration: Registration | undefined } | undefined {
  for (const code of codes) {
    const likely = listFormsByBarcode(forms, code.text)
    const [first] = likely
    if (first === undefined) continue
    const fitting = likely.flatMap((form): Recognised[] => {
      const registration = registerForm(upright, form, guessByItsCode(form, code, upright.dpi))
      return registration === undefined ? [] : [{ form, registration }]
    })
    const longest = Math.max(...fitting.map(({ form }) => form.barcode?.begins.length ?? 0))
    return (
      chooseBest(fitting.filter(({ form }) => form.barcode?.begins.length === longest)) ?? {
        form: first,
        registration: undefined,
      }
    )
  }
  return undefined
}

/** The shift most lines agree on: each printed line is held against each line of the form that is as long. */
function guessByRules(form: FormDefinition, across: readonly Rule[], scale: number): Affine | undefined {
  const votes = new Map<string, { dx: number; dy: number; count: number }>()
  for (const [x1, y1, x2, y2] of form.anchors) {
    if (Math.abs(x2 - x1) < Math.abs(y2 - y1)) continue
    for (const rule of across) {
      const length = (x2 - x1) * scale
      if (Math.abs(rule.x2 - rule.x1 - length) > length * 0.06) continue
      const [dx, dy] = [rule.x1 - x1 * scale, rule.y1 - y1 * scale]
      const key = `${Math.round(dx / 24)}/${Math.round(dy / 12)}`
      const vote = votes.get(key) ?? { dx, dy, count: 0 }
      votes.set(key, { dx: vote.dx, dy: vote.dy, count: vote.count + 1 })
    }
  }
  const best = [...votes.values()].reduce((a, b) => (b.count > a.count ? b : a), { dx: 0, dy: 0, count: 0 })
  return best.count >= 3 ? [scale, 0, best.dx, 0, scale, best.dy] : undefined
}

/** Reads the labels above three fields: two must be what the form prints there. */
async function areLabelsRight(
  engine: Engine,
  upright: UprightPage,
  { form, registration }: Recognised,
): Promise<boolean> {
  const labelled = form.fields
    .filter(isWritten)
    .filter(({ label }) => label.length >= 8)
    .slice(0, 4)
  let right = 0
  for (const { region, label } of labelled) {
    const above: [number, number, number, number] = [region[0], region[1] - 40, region[2], 40]
    const snippet = cutField(upright.turned, compose(registration.map, upright.toTurned), { region: above }, 1)
    if (snippet === undefined) continue
    const words = await engine.read(snippet.image, { model: 'swe', layout: 'line', dpi: 300 })
    if (isAlike(words.map(({ text }) => text).join(' '), label, 0.25)) right++
    if (right >= 2) return true
  }
  return false
}
