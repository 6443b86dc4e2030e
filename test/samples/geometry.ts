import type { FormDefinition } from '../../services/intake/src/recognition/forms/definition.ts'
import type { Layout, Row } from './layouts.ts'

/** x, y, width, height in 1/300 inch, from the page's top left. */
export type Place = [number, number, number, number]
export type PlacedCell = Extract<Row, { cells: unknown }>['cells'][number] & {
  readonly frame: Place
  readonly region: Place
  readonly combAt?: { x: number; width: number }
}
export type PlacedBox = Extract<Row, { choices: unknown }>['choices'][number] & { readonly frame: Place }
export type Geometry = {
  readonly code: Place
  readonly headings: readonly { readonly text: string; readonly frame: Place }[]
  readonly notes: readonly { readonly text: string; readonly frame: Place }[]
  readonly cells: readonly PlacedCell[]
  /** Boxes to tick, each with its words to the right. */
  readonly boxes: readonly PlacedBox[]
}

export const page = { width: 2480, height: 3508 } as const
const fromMm = (mm: number) => (mm * 300) / 25.4
/** The code is 18 mm wide: below 16 scanners begin to miss it. */
const codeMm = 18
const labelHeight = 46
const combPitch = 59
const boxSide = 42

/** Where everything of a form stands. Pure: the drawing and the form's definition are both made from it. */
export function placeLayout(layout: Layout): Geometry {
  const left = fromMm(layout.margin)
  const width = page.width - 2 * left
  const side = fromMm(codeMm)
  const placed = {
    headings: [] as { text: string; frame: Place }[],
    notes: [] as { text: string; frame: Place }[],
    cells: [] as PlacedCell[],
    boxes: [] as PlacedBox[],
  }
  let y = 430
  for (const row of layout.rows) {
    if ('heading' in row) {
      y += 44
      placed.headings.push({ text: row.heading, frame: [left, y, width, 62] })
      y += 76
    } else if ('note' in row) {
      placed.notes.push({ text: row.note, frame: [left, y + 22, width, 100] })
      y += 124
    } else if ('choices' in row) {
      const step = width / row.choices.length
      for (const [index, choice] of row.choices.entries())
        placed.boxes.push({ ...choice, frame: [left + index * step, y + 8, boxSide, boxSide] })
      y += boxSide + 34
    } else {
      const height = fromMm(row.height)
      let x = left
      for (const cell of row.cells) {
        const frame: Place = [x, y, width * cell.share, height]
        placed.cells.push(placeCell(cell, frame))
        x += width * cell.share
      }
      y += height
    }
  }
  return { code: [page.width - left - side, 150, side, side], ...placed }
}

function placeCell(cell: PlacedCell | Extract<Row, { cells: unknown }>['cells'][number], frame: Place): PlacedCell {
  const [x, y, width, height] = frame
  if (cell.comb === undefined) {
    return { ...cell, frame, region: [x + 10, y + labelHeight, width - 20, height - labelHeight - 7] }
  }
  const combAt = { x: x + 24, width: combPitch }
  return { ...cell, frame, combAt, region: [x + 20, y + labelHeight + 6, combPitch * cell.comb + 8, 68] }
}

/** The definition by which the product knows and reads the form. */
export function defineForm(layout: Layout): FormDefinition {
  const { code, cells, boxes } = placeLayout(layout)
  const round = (place: Place): Place => [r(place[0]), r(place[1]), r(place[2]), r(place[3])]
  return {
    code: layout.code,
    version: layout.version,
    language: layout.language,
    benefit: layout.benefit as FormDefinition['benefit'],
    title: layout.title,
    barcode: { begins: `TSN:${layout.code.replace(' ', '')}:`, box: round(code) },
    anchors: listLines(cells.map(({ frame }) => frame)).map(round),
    fields: [
      ...cells.map(({ name, type, region, label, comb, combAt }) => ({
        name,
        type: type as FormDefinition['fields'][number]['type'],
        region: round(region),
        label,
        ...(comb !== undefined && combAt !== undefined
          ? { comb: { cells: comb, x: r(combAt.x), width: combAt.width } }
          : {}),
      })),
      ...boxes.map(({ name, text, names, frame }) => ({
        name,
        type: 'tick' as const,
        region: round(frame),
        label: text,
        names,
      })),
    ],
  }
}

/** What stands in the fields of a layout's boxes when the one with these words is ticked. */
export function listTicks(layout: Layout, ticked: string | undefined): Readonly<Record<string, 'on' | 'off'>> {
  const { boxes } = placeLayout(layout)
  return Object.fromEntries(boxes.map(({ name, text }) => [name, text === ticked ? 'on' : 'off']))
}

/** The cells' edges as lines, neighbours joined: a line drawn once is an anchor once. */
function listLines(frames: readonly Place[]): Place[] {
  const across = new Map<number, [number, number]>()
  const down = new Map<string, Place>()
  for (const [x, y, width, height] of frames) {
    for (const at of [y, y + height]) {
      const known = across.get(r(at)) ?? [x, x + width]
      across.set(r(at), [Math.min(known[0], x), Math.max(known[1], x + width)])
    }
    for (const at of [x, x + width]) down.set(`${r(at)}/${r(y)}`, [at, y, at, y + height])
  }
  return [...[...across].map(([y, [from, to]]): Place => [from, y, to, y]), ...down.values()]
}

const r = (number: number) => Math.round(number * 10) / 10
