import { expect, test } from 'vitest'
import { type Grey, identity } from '../picture/grey.ts'
import { readTicks } from './tick.ts'

const [width, height] = [400, 120]
type Pen = (x: number, y: number, shade?: number) => void

/** A sheet with boxes of 41 × 41 at x 40, 160 and 280, drawn `pushed` pixels from there; `draw` marks the second. */
function drawSheet(draw: (pen: Pen, x: number, y: number) => void, { pushed = 0, frame = 60, paper = 235 } = {}): Grey {
  const data = new Uint8Array(width * height).fill(paper)
  const pen: Pen = (x, y, shade = 40) => {
    data[Math.round(y) * width + Math.round(x)] = shade
  }
  for (const left of [40, 160, 280]) {
    for (let i = 0; i < 41; i++)
      for (const thick of [0, 1, 2]) {
        pen(left + pushed + i, 40 + pushed + thick, frame)
        pen(left + pushed + i, 80 + pushed - thick, frame)
        pen(left + pushed + thick, 40 + pushed + i, frame)
        pen(left + pushed + 40 - thick, 40 + pushed + i, frame)
      }
  }
  draw(pen, 160 + pushed, 40 + pushed)
  return { width, height, data }
}

const places = ['one', 'two', 'three'].map((name, index) => ({
  name,
  region: [40 + index * 120, 40, 41, 41] as [number, number, number, number],
}))
const read = (sheet: Grey) =>
  Object.fromEntries(
    [...readTicks(sheet, identity, places)].map(([name, { value, status }]) => [name, `${value} ${status}`]),
  )
const cross = (pen: Pen, x: number, y: number) => {
  for (let i = 6; i < 35; i++)
    for (const thick of [-1, 0, 1]) {
      pen(x + i, y + i + thick)
      pen(x + i, y + 40 - i + thick)
    }
}
const empty = { one: 'off sure', two: 'off sure', three: 'off sure' }

test('a cross is a tick, an empty frame is none', () => {
  expect(read(drawSheet(cross))).toEqual({ ...empty, two: 'on sure' })
  expect(read(drawSheet(() => undefined))).toEqual(empty)
})

test('boxes that lie beside their place are found there', () => {
  expect(read(drawSheet(cross, { pushed: 11 }))).toEqual({ ...empty, two: 'on sure' })
  expect(read(drawSheet(() => undefined, { pushed: -9 }))).toEqual(empty)
})

test('a faint frame and a pencil will do', () => {
  const pencil = (pen: Pen, x: number, y: number) => cross((px, py) => pen(px, py, 170), x, y)
  expect(read(drawSheet(pencil, { frame: 165 }))).toEqual({ ...empty, two: 'on sure' })
})

test('a dot, and a box blackened all over, wait for a person', () => {
  const dot = (pen: Pen, x: number, y: number) => {
    for (let i = 0; i < 36; i++) pen(x + 18 + (i % 6), y + 18 + Math.floor(i / 6))
  }
  const black = (pen: Pen, x: number, y: number) => {
    for (let i = 0; i < 33 * 33; i++) pen(x + 4 + (i % 33), y + 4 + Math.floor(i / 33))
  }
  expect(read(drawSheet(dot))['two']).toMatch(/doubtful/)
  expect(read(drawSheet(black))['two']).toBe('on doubtful')
})

test('where no frame is, nothing is sure', () => {
  const sheet: Grey = { width, height, data: new Uint8Array(width * height).fill(240) }
  expect(read(sheet)).toEqual({ one: 'off doubtful', two: 'off doubtful', three: 'off doubtful' })
})
