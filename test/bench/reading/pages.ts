import type { FileKind } from '@tasain/contracts'
import type { Damage } from '../../samples/damage.ts'
import type { Sheet } from '../../samples/form.ts'
import { drawDamage, type Kind } from '../../samples/harm.ts'
import { layouts } from '../../samples/layouts.ts'
import { between, createRandom, pick, type Random } from '../../samples/people.ts'

/** Nobody tunes on these pages: whoever does takes others, with TASAIN_TUNE=1. */
const seeds = process.env['TASAIN_TUNE'] === '1' ? 100_000 : 1_100_000

export type Order = {
  readonly name: string
  readonly sheet: Sheet
  readonly damage: Damage & { readonly kind: string }
}

/** A page on disk and what is true of it. */
export type BenchPage = {
  readonly name: string
  readonly path: string
  readonly kind: FileKind
  readonly dpi: number
  /** Degrees clockwise that stand it upright. */
  readonly rotation: number
  readonly damage: string
  readonly form: string | null
  readonly language: 'fi' | 'sv' | undefined
  readonly isBlank: boolean
  readonly isTyped: boolean
  readonly fields: Readonly<Record<string, string>>
  /** Its boxes to tick: `on` or `off`. */
  readonly ticks: Readonly<Record<string, string>>
  /** All lines on it: printed, or written by the applicant. */
  readonly lines: readonly { readonly text: string; readonly kind: 'print' | 'value' }[]
}

/** Typed forms that lie upright: layouts by turns, `count` of them. */
export function listTyped(count: number): Order[] {
  return Array.from({ length: count }, (_, index) => {
    const seed = seeds + index
    return { name: `typed-${seed}`, sheet: orderForm(index, seed), damage: drawDamage(createRandom(seed + 50_000)) }
  })
}

/** Forms filled in by hand, as far as a script face is one. */
export function listHandwritten(count: number): Order[] {
  return Array.from({ length: count }, (_, index) => {
    const seed = seeds + 40_000 + index
    const damage = drawDamage(
      createRandom(seed + 50_000),
      pick(createRandom(seed), ['crisp', 'everyday', 'fine', 'fax']),
    )
    return { name: `hand-${seed}`, sheet: { ...orderForm(index, seed), isHandwritten: true }, damage }
  })
}

/** Of all pages the few, always the same and of all layouts, that every engine reads. Native tesseract reads no PDF. */
export function pickForText(typed: readonly BenchPage[], count: number): BenchPage[] {
  return typed.filter(({ kind }) => kind !== 'pdf').slice(0, count)
}

/** Forms, with and without a readable code, and letters; turned by quarters. */
export function listTurned(count: number): Order[] {
  return Array.from({ length: count }, (_, index) => {
    const seed = seeds + 10_000 + index
    const random = createRandom(seed + 50_000)
    const turned = ([90, 180, 270] as const)[index % 3] ?? 90
    const isLetter = index % 6 === 5
    const letter = { letter: index % 4 < 2 ? 'fi' : 'sv' } as const
    const sheet = isLetter ? letter : { ...orderForm(index, seed), isCodeBlotted: index % 2 === 1 }
    return { name: `turned-${seed}`, sheet, damage: { ...drawDamage(random, pick(random, forTurned)), turned } }
  })
}

const forTurned: readonly Kind[] = ['crisp', 'everyday', 'economy', 'fax', 'dirty', 'shadow', 'inPdf']

/** Empty sides: grain, shade, dark edges, holes, a form shining through. */
export function listBlank(count: number): Order[] {
  return Array.from({ length: count }, (_, index) => {
    const seed = seeds + 20_000 + index
    const damage = drawDamage(createRandom(seed), blankKinds[index % blankKinds.length])
    const sheet = damage.bleed ? { behind: orderForm(index, seed) } : 'blank'
    return { name: `blank-${seed}`, sheet, damage }
  })
}

const blankKinds: readonly Kind[] = ['everyday', 'dirty', 'phoneLike', 'bleeding', 'fax', 'shadow', 'dirtyFax']

/** Pages that are nearly blank and yet are not: a page number, a date, a name. */
export function listNotes(count: number): Order[] {
  return Array.from({ length: count }, (_, index) => {
    const seed = seeds + 30_000 + index
    const random = createRandom(seed)
    const damage = drawDamage(random, pick(random, ['crisp', 'everyday', 'fax', 'dirty'] as const))
    return { name: `note-${seed}`, sheet: noteOf(random, index), damage }
  })
}

function noteOf(random: Random, index: number): Sheet {
  if (index % 2 === 0) return { note: pick(random, ['2', '3 (4)', '- 2 -', '4']), x: 1200, y: 3340, size: 40 }
  const note = pick(random, ['Kiitos!', 'ks. liite', 'Se bilaga', 'Åsa Öström', '12.9.2026'])
  return { note, x: between(random, 300, 1500), y: between(random, 400, 3000), size: 46 }
}

function orderForm(index: number, seed: number) {
  const layout = layouts[index % layouts.length]
  if (layout === undefined) throw new Error('there are no layouts')
  return { layout: layout.id, seed, isVaried: true }
}
