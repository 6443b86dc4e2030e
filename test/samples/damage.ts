import sharp from 'sharp'
import { type Affine, compose, type Grey, sample, turn } from '../../services/intake/src/recognition/picture/grey.ts'
import { leanBack } from '../../services/intake/src/recognition/picture/upright.ts'
import type { Random } from './people.ts'

/** What a scanner does to a page. Skew in degrees clockwise; noise in grey levels; light is the shade of the dark side. */
export type Damage = {
  readonly dpi: number
  readonly skew: number
  readonly turned: 0 | 90 | 180 | 270
  readonly noise: number
  readonly light: number
  readonly blur: number
  readonly as: 'jpeg' | 'png' | 'g4' | 'pdf'
  /** Of JPEG, 1 to 100. */
  readonly quality: number
  /** How a feeder pulls the paper: stretched by so much across and down, 0.005 being half a percent. */
  readonly stretch?: readonly [number, number]
  /** Millimetres the paper lies to the right and down. */
  readonly shift?: readonly [number, number]
  /** How dark the other side shines through, 0 to 1. */
  readonly bleed?: number
  /** Millimetres of dark edge at the left and at the top, where the lid stood open. */
  readonly edge?: readonly [number, number]
  readonly isPunched?: boolean
  /** Of fax group 4: what is darker comes out black. */
  readonly threshold?: number
}

const none: Damage = { dpi: 300, skew: 0, turned: 0, noise: 0, light: 0, blur: 0, as: 'jpeg', quality: 80 }
export const profiles = {
  clean: none,
  office: { ...none, dpi: 200, skew: 0.6, noise: 3, light: 0.06, blur: 0.4, quality: 55 },
  tilted: { ...none, dpi: 200, skew: -1.8, noise: 4, light: 0.1, blur: 0.4, quality: 50 },
  fax: { ...none, dpi: 200, skew: 0.4, noise: 3, blur: 0.5, as: 'g4' },
  dirty: { ...none, dpi: 200, skew: 1.3, noise: 9, light: 0.25, blur: 0.7, quality: 45 },
  coarse: { ...none, dpi: 150, skew: -0.7, noise: 3, light: 0.05, blur: 0.4, quality: 60 },
  sideways: { ...none, dpi: 200, skew: 0.5, turned: 90, noise: 3, quality: 55 },
  inPdf: { ...none, dpi: 200, skew: 0.3, noise: 2, blur: 0.4, quality: 55, as: 'pdf' },
  upsideDown: { ...none, dpi: 200, skew: -0.4, turned: 180, noise: 3, quality: 55 },
} as const satisfies Record<string, Damage>
export type Profile = keyof typeof profiles

/**
 * A page drawn at 300 dpi, as it comes from under the scanner's lamp. `back`: what is printed on its other side, where it
 * is not the same.
 */
export async function scanPage(drawn: Grey, damage: Damage, random: Random, back = drawn): Promise<Grey> {
  const scale = damage.dpi / 300
  const [width, height] = [Math.round(drawn.width * scale), Math.round(drawn.height * scale)]
  // Shrinking first keeps letters smooth, as a scanner's optics do.
  const small = await resize(drawn, width, height, damage.blur)
  if (damage.bleed) shineThrough(small, await mirror(await resize(back, width, height, 2)), damage.bleed)
  if (damage.isPunched) punch(small, damage.dpi)
  const lain = isLaidStraight(damage) ? small : sample(small, layPaper(damage, width, height), width, height)
  if (damage.edge) darkenEdges(lain, damage.edge, damage.dpi)
  spoil(lain, damage, random)
  return turn(lain, damage.turned)
}

const isLaidStraight = ({ skew, stretch, shift }: Damage) => skew === 0 && !stretch && !shift

/** From the scan to the paper, pixels to pixels. */
function layPaper({ skew, stretch = [0, 0], shift = [0, 0], dpi }: Damage, width: number, height: number): Affine {
  const [right, down] = [(shift[0] * dpi) / 25.4, (shift[1] * dpi) / 25.4]
  const [x, y] = [1 / (1 + stretch[0]), 1 / (1 + stretch[1])]
  const back: Affine = [x, 0, width * 0.5 * (1 - x) - right, 0, y, height * 0.5 * (1 - y) - down]
  return compose(leanBack(width, height, -skew), back)
}

function shineThrough({ data }: Grey, behind: Grey, bleed: number): void {
  for (let i = 0; i < data.length; i++)
    data[i] = Math.max(0, (data[i] ?? 255) - bleed * (255 - (behind.data[i] ?? 255)))
}

/** Two holes for a binder: the scanner's lid shows through, grey with a dark rim. */
function punch({ width, height, data }: Grey, dpi: number): void {
  const mm = dpi / 25.4
  for (const y of [height / 2 - 40 * mm, height / 2 + 40 * mm]) {
    for (let row = Math.round(y - 3 * mm); row < y + 3 * mm; row++) {
      for (let x = Math.round(7 * mm); x < 13 * mm; x++) {
        const far = Math.hypot(x - 10 * mm, row - y) / mm
        if (far < 3) data[row * width + x] = far > 2.6 ? 90 : 150
      }
    }
  }
}

function darkenEdges({ width, height, data }: Grey, [left, top]: readonly [number, number], dpi: number): void {
  const mm = dpi / 25.4
  for (let y = 0; y < height; y++) {
    const until = y < top * mm ? width : left * mm
    for (let x = 0; x < until; x++) data[y * width + x] = Math.min(data[y * width + x] ?? 255, 60)
  }
}

/** Grains to be taken in turn: drawing each anew would take longer than all the rest. */
const grains = 1 << 16

function spoil({ width, height, data }: Grey, { noise, light }: Damage, random: Random): void {
  const grain = Float32Array.from({ length: noise === 0 ? 1 : grains }, () =>
    noise === 0 ? 0 : (random() + random() + random() - 1.5) * 2 * noise,
  )
  const shades = Float32Array.from({ length: width }, (_, x) => 1 - light * (x / width))
  for (let y = 0; y < height; y++) {
    const from = Math.floor(random() * grains)
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      const value = (data[i] ?? 255) * (shades[x] ?? 1) + (grain[(from + x) & (grain.length - 1)] ?? 0)
      data[i] = value < 0 ? 0 : value > 255 ? 255 : value + 0.5
    }
  }
}

async function mirror({ width, height, data }: Grey): Promise<Grey> {
  const flopped = sharp(data, { raw: { width, height, channels: 1 } }).flop()
  return { width, height, data: new Uint8Array(await flopped.extractChannel(0).raw().toBuffer()) }
}

async function resize(image: Grey, width: number, height: number, blur: number): Promise<Grey> {
  const raw = { width: image.width, height: image.height, channels: 1 as const }
  const resized = sharp(image.data, { raw }).resize({ width, height, fit: 'fill' })
  const data = await (blur > 0.3 ? resized.blur(blur) : resized).extractChannel(0).raw().toBuffer()
  return { width, height, data: new Uint8Array(data) }
}
