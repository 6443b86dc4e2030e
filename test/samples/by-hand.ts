import { createRequire } from 'node:module'
import sharp from 'sharp'
import type { Grey } from '../../services/intake/src/recognition/picture/grey.ts'
import { type Geometry, type PlacedCell, page as paper } from './geometry.ts'
import { type Answers, between, type Random } from './people.ts'

const face = createRequire(import.meta.url).resolve('@expo-google-fonts/caveat/400Regular/Caveat_400Regular.ttf')
type Pen = { readonly points: number; readonly darkness: number }

/** Writes the answers onto a page drawn at 300 dpi in a script face, each line a little off. */
export async function writeByHand(page: Grey, geometry: Geometry, answers: Answers, random: Random): Promise<Grey> {
  const pen = { points: between(random, 14, 18), darkness: 0.65 + random() * 0.3 }
  for (const cell of geometry.cells) {
    const value = answers[cell.name]
    if (value !== undefined) await writeCell(page, cell, value, pen, random)
  }
  return page
}

async function writeCell(page: Grey, cell: PlacedCell, value: string, pen: Pen, random: Random): Promise<void> {
  const [x, y, width, height] = cell.frame
  if (cell.combAt !== undefined) {
    for (const [index, letter] of Array.from(value.replace(/ /g, '')).entries()) {
      const word = await drawWord(letter, pen)
      const left = cell.combAt.x + (index + 0.5) * cell.combAt.width - word.width / 2
      put(
        page,
        word,
        left + between(random, -3, 3),
        cell.region[1] + 30 - word.height / 2 + between(random, -4, 4),
        pen,
      )
    }
    return
  }
  const room = width - 50
  const word = await drawWord(value, pen, cell.type === 'text' ? room : undefined)
  const fitting =
    word.width <= room ? word : await drawWord(value, { ...pen, points: (pen.points * room) / word.width })
  const top = cell.type === 'text' ? y + 56 : y + height - 24 - fitting.height + between(random, -4, 8)
  put(page, fitting, x + 20 + between(random, 0, 24), top, pen)
}

/** Letters as ink: 255 where the pen has been. */
async function drawWord(text: string, { points }: Pen, width?: number): Promise<Grey> {
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
  const wrap = width === undefined ? {} : { width: Math.round(width) }
  const { data, info } = await sharp({
    text: { text: escaped, fontfile: face, font: `Caveat ${points}`, dpi: 300, ...wrap },
  })
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: new Uint8Array(data) }
}

function put(page: Grey, word: Grey, left: number, top: number, { darkness }: Pen): void {
  const [x0, y0] = [Math.round(left), Math.round(top)]
  for (let y = Math.max(0, -y0); y < word.height && y0 + y < paper.height; y++) {
    for (let x = Math.max(0, -x0); x < word.width && x0 + x < page.width; x++) {
      const i = (y0 + y) * page.width + x0 + x
      page.data[i] = (page.data[i] ?? 255) * (1 - (darkness * (word.data[y * word.width + x] ?? 0)) / 255)
    }
  }
}
