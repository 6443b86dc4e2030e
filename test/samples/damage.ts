import sharp from 'sharp'
import { type Grey, sample, turn } from '../../services/intake/src/recognition/picture/grey.ts'
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

/** A page drawn at 300 dpi, as it comes from under the scanner's lamp. */
export async function scanPage(drawn: Grey, damage: Damage, random: Random): Promise<Grey> {
  const scale = damage.dpi / 300
  // Shrinking first keeps letters smooth, as a scanner's optics do.
  const small = await resize(drawn, Math.round(drawn.width * scale), Math.round(drawn.height * scale), damage.blur)
  const { width, height } = small
  const lean = leanBack(width, height, -damage.skew)
  const leant = damage.skew === 0 ? small : sample(small, lean, width, height)
  spoil(leant, damage, random)
  return turn(leant, damage.turned)
}

function spoil({ width, height, data }: Grey, { noise, light }: Damage, random: Random): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      const shade = 1 - light * (x / width)
      const grain = noise === 0 ? 0 : (random() + random() + random() - 1.5) * 2 * noise
      data[i] = Math.max(0, Math.min(255, Math.round((data[i] ?? 255) * shade + grain)))
    }
  }
}

async function resize(image: Grey, width: number, height: number, blur: number): Promise<Grey> {
  const raw = { width: image.width, height: image.height, channels: 1 as const }
  const resized = sharp(image.data, { raw }).resize({ width, height, fit: 'fill' })
  const data = await (blur > 0.3 ? resized.blur(blur) : resized).extractChannel(0).raw().toBuffer()
  return { width, height, data: new Uint8Array(data) }
}
