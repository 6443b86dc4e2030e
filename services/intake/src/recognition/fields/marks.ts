import type { ReadWord } from '../engine/engine.ts'
import type { Grey } from '../picture/grey.ts'

type Blob = {
  left: number
  top: number
  right: number
  bottom: number
  area: number
  /** Sums over its pixels, for the direction it leans in. */
  x: number
  y: number
  xx: number
  yy: number
  xy: number
}
/** How many marks stand over letters, by their shape; how many hang below them; how many letters reach below their line. */
type Marks = { pairs: number; singles: number; slanted: number; flat: number; below: number; deep: number }

/**
 * Whether the picture shows marks on letters that the text read from it does not have: a tilde read as two dots, a caron or
 * a cedilla left out. The models know the letters of Finnish and Swedish only and agree on the nearest one they have, so
 * neither their confidence nor a second model tells. Marks that touch their letter are not found.
 * @param words as read from this picture, with their places in it.
 */
export function showsOtherMarks(image: Grey, words: readonly ReadWord[]): boolean {
  const blobs = findBlobs(image)
  const lines = Map.groupBy(words, ({ line }) => line)
  return [...lines.values()].some((line) => {
    const found = findMarks(blobs, boxOf(line))
    const text = line.map((word) => word.text).join(' ')
    return found !== undefined && differs(found, text.normalize('NFC'))
  })
}

function differs(found: Marks, text: string): boolean {
  const count = (letters: RegExp) => text.match(letters)?.length ?? 0
  const pairs = count(/[äöü"”]/giu)
  const slanted = count(/[áàéèíìóòúù]/giu)
  const singles = count(/[ijå'’]/gu) + count(/Å/gu) + slanted
  // On a coarse scan two dots run into one, an acute lies flat, and a tail comes off its letter.
  const runTogether = Math.max(0, pairs - found.pairs)
  const flattened = Math.max(0, slanted - found.slanted)
  const tails = count(/[gjpqyçµ,;()[\]/QJ&@]/g)
  return (
    found.flat > flattened ||
    found.pairs > pairs ||
    found.singles + found.slanted > singles + runTogether ||
    found.slanted > slanted + runTogether ||
    found.deep > tails ||
    found.below > tails + count(/[!?:]/g)
  )
}

function boxOf(words: readonly ReadWord[]) {
  const left = Math.min(...words.map(({ box }) => box[0]))
  const top = Math.min(...words.map(({ box }) => box[1]))
  const right = Math.max(...words.map(({ box }) => box[0] + box[2]))
  const bottom = Math.max(...words.map(({ box }) => box[1] + box[3]))
  return { left, top, right, bottom }
}

/** The marks on one line; undefined where no letters are to be told apart. All bounds are shares of a letter's height. */
function findMarks(blobs: readonly Blob[], line: ReturnType<typeof boxOf>): Marks | undefined {
  const reach = (line.bottom - line.top) * 0.3
  const near = blobs.filter(({ left, right, top, bottom }) => {
    const [x, y] = [(left + right) / 2, (top + bottom) / 2]
    return x > line.left - reach && x < line.right + reach && y > line.top - reach && y < line.bottom + reach
  })
  const tall = near.filter((blob) => heightOf(blob) > (line.bottom - line.top) * 0.35)
  const height = median(tall.map(heightOf))
  if (height === undefined || height < smallest) return undefined
  const letters = near.filter((blob) => heightOf(blob) >= height * 0.6)
  const small = near.filter(
    (blob) => heightOf(blob) < height * 0.5 && blob.area >= Math.max(5, height * height * 0.006),
  )
  const found: Marks = { pairs: 0, singles: 0, slanted: 0, flat: 0, below: 0, deep: 0 }
  for (const letter of letters) {
    const own = small.filter((mark) => isWithin(mark, letter))
    const over = own.filter(({ bottom }) => bottom <= letter.top + 1 && letter.top - bottom < height * 0.5)
    found.below += own.filter(({ top }) => top >= letter.bottom - 1 && top - letter.bottom < height * 0.3).length
    if (letter.bottom - findFoot(letter, letters) > height * 0.16) found.deep++
    const [mark] = over
    if (over.length === 2) found.pairs++
    else if (mark && over.length === 1) found[shapeOf(mark)]++
  }
  return found
}

/** Where the letters around one stand: a line may lean a little. */
function findFoot(letter: Blob, letters: readonly Blob[]): number {
  const distance = (other: Blob) => Math.abs(other.left + other.right - letter.left - letter.right)
  const around = letters.toSorted((a, b) => distance(a) - distance(b)).slice(0, 9)
  return median(around.map(({ bottom }) => bottom)) ?? letter.bottom
}

/** Below this height, in pixels, dots run together and rings close. */
const smallest = 14

function shapeOf(mark: Blob): 'singles' | 'slanted' | 'flat' {
  const [width, height] = [mark.right - mark.left + 1, heightOf(mark)]
  if (width > height * 1.7) return 'flat'
  const { area, x, y, xx, yy, xy } = mark
  const lean = area * xy - x * y
  const spread = Math.sqrt(Math.max(0, (area * xx - x * x) * (area * yy - y * y)))
  return spread > 0 && Math.abs(lean) / spread > 0.6 ? 'slanted' : 'singles'
}

function isWithin(mark: Blob, letter: Blob): boolean {
  const shared = Math.min(mark.right, letter.right) - Math.max(mark.left, letter.left) + 1
  return shared >= (mark.right - mark.left + 1) * 0.6
}

const heightOf = ({ top, bottom }: Blob) => bottom - top + 1

function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}

/** What hangs together in ink, at edges and corners. */
function findBlobs({ width, height, data }: Grey): Blob[] {
  const seen = new Uint8Array(data.length)
  const blobs: Blob[] = []
  const stack: number[] = []
  for (let start = 0; start < data.length; start++) {
    if (seen[start] || (data[start] ?? 255) >= 128) continue
    const blob: Blob = { left: width, top: height, right: 0, bottom: 0, area: 0, x: 0, y: 0, xx: 0, yy: 0, xy: 0 }
    seen[start] = 1
    stack.push(start)
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)]
      add(blob, x, y)
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++)
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
          const next = row * width + column
          if (seen[next] || (data[next] ?? 255) >= 128) continue
          seen[next] = 1
          stack.push(next)
        }
    }
    blobs.push(blob)
  }
  return blobs
}

function add(blob: Blob, x: number, y: number): void {
  blob.left = Math.min(blob.left, x)
  blob.right = Math.max(blob.right, x)
  blob.top = Math.min(blob.top, y)
  blob.bottom = Math.max(blob.bottom, y)
  blob.area++
  blob.x += x
  blob.y += y
  blob.xx += x * x
  blob.yy += y * y
  blob.xy += x * y
}
