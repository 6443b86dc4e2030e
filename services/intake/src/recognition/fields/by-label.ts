import type { FieldReading } from '@tasain/contracts'
import type { IsoDate } from '@tasain/vocabulary'
import type { Engine, ReadWord } from '../engine/engine.ts'
import { whitenPaper } from '../picture/clean.ts'
import { type Affine, compose, type Grey, mapBox } from '../picture/grey.ts'
import { listRules } from '../picture/rules.ts'
import type { UprightPage } from '../picture/upright.ts'
import { placeByWords, placeInCell } from './cells.ts'
import { findLabels, isLabel, type Label } from './labels.ts'
import { type FieldPlace, lookAtField, type PlacedReading, settleFields } from './look.ts'
import { isSpelled } from './verdict.ts'

/**
 * Reads the fields of a page whose layout is not known: each printed label tells where its value stands. What a person
 * wrote outside a frame is read too, but only proved values are believed there.
 */
export async function readByLabels(
  engine: Engine,
  upright: UprightPage,
  words: readonly ReadWord[],
  today: IsoDate,
): Promise<Record<string, FieldReading>> {
  const scale = upright.dpi / 300
  // In shade, paper would be taken for ink.
  const page = whitenPaper(upright.image)
  const rules = listRules(page, { across: 220 * scale, down: 42 * scale }, Math.max(4, 14 * scale))
  const labels = findLabels(words)
  const read: { name: string; type: FieldPlace['type']; reading: PlacedReading }[] = []
  for (const found of labels) {
    const label = { ...found, box: trimLabel(page, found.box) }
    const framed = placeInCell(label, { rules, scale, width: upright.width })
    const place =
      framed ??
      placeByWords(
        label,
        words,
        labels.filter((other) => other !== found),
        upright.width,
      )
    const reading = await lookAtPlace(engine, upright, place, scale, today)
    if (reading === undefined || isLabel(reading.value)) continue
    const proved = label.type === 'iban' || (label.type === 'hetu' && !label.guessed)
    const clear = framed !== undefined && !label.guessed && (!isSpelled(label.type) || reading.confidence >= clearWords)
    const believed = proved || clear ? reading : doubt(reading)
    read.push({ name: label.name, type: label.type, reading: believed })
  }
  return settleFields(read)
}

/** Words are believed from this confidence on, more than on a known form: nobody has said where they stand. */
const clearWords = 0.9

/** A label's box ends where the paper shows below it: boxes of words near a frame often reach too far down. */
function trimLabel(page: Grey, [x, y, width, height]: Label['box']): Label['box'] {
  const from = Math.round(y + height * 0.5)
  let [best, least] = [y + height, Number.POSITIVE_INFINITY]
  for (let row = from; row < Math.min(page.height, y + height * 1.7); row++) {
    const line = page.data.subarray(row * page.width + Math.max(0, x), row * page.width + x + width)
    const paper = line.reduce((sum, value) => Math.max(sum, value), 0)
    const ink = line.reduce((sum, value) => sum + Math.max(0, paper - 40 - value), 0)
    if (ink < least * 0.8) [best, least] = [row, ink]
    if (least === 0) break
  }
  return [x, y, width, Math.max(8, best - y)]
}

function doubt(reading: PlacedReading): PlacedReading {
  return { ...reading, likely: false, status: reading.status === 'sure' ? 'doubtful' : reading.status }
}

/** The places are in pixels of the upright page; fields are looked at in 1/300 inch. */
async function lookAtPlace(engine: Engine, upright: UprightPage, place: FieldPlace, scale: number, today: IsoDate) {
  const toUpright: Affine = [scale, 0, 0, 0, scale, 0]
  const [x, y, width, height] = place.region
  if (width < 20 * scale || height < 20 * scale) return undefined
  const comb = place.comb && { cells: place.comb.cells, x: place.comb.x / scale, width: place.comb.width / scale }
  const small: FieldPlace = { ...place, comb, region: [x / scale, y / scale, width / scale, height / scale] }
  const reading = await lookAtField(engine, upright.turned, compose(toUpright, upright.toTurned), small, today)
  return reading && { ...reading, box: mapBox(toUpright, reading.box) }
}
