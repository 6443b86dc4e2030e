import { type Damage, profiles } from './damage.ts'
import { between, pick, type Random } from './people.ts'

/** What offices' scanners do, each kind as often as it is named. */
const kinds = [
  'crisp',
  'everyday',
  'everyday',
  'fine',
  'economy',
  'phoneLike',
  'fax',
  'faxFine',
  'dirtyFax',
  'dirty',
  'shadow',
  'bleeding',
  'inPdf',
] as const
export type Kind = (typeof kinds)[number]

/** A scan's damage by a seed: resolution, skew to ±3°, noise, shade, format, and how the feeder pulled and laid the paper. */
export function drawDamage(random: Random, kind: Kind = pick(random, kinds)): Damage & { readonly kind: Kind } {
  const skew = (random() - 0.5) * (random() < 0.3 ? 6 : 2)
  const shift = [(random() - 0.5) * 16, (random() - 0.5) * 16] as const
  const stretch = random() < 0.5 ? ([0, (random() - 0.5) * 0.01] as const) : ([(random() - 0.5) * 0.01, 0] as const)
  const edge = random() < 0.25 ? ([random() * 3, random() * 2] as const) : ([0, 0] as const)
  const laid = { skew, shift, stretch, edge, isPunched: random() < 0.2 }
  return { ...profiles.clean, ...laid, ...drawKind(random, kind), kind }
}

function drawKind(random: Random, kind: Kind): Partial<Damage> {
  const quality = between(random, 40, 80)
  switch (kind) {
    case 'crisp':
      return { dpi: 300, quality: 80 }
    case 'everyday':
      return { dpi: 200, noise: 3, light: 0.06, blur: 0.4, quality }
    case 'fine':
      return { dpi: 300, noise: 4, light: 0.05, blur: 0.7, quality }
    case 'economy':
      return { dpi: 150, noise: 2.5, light: 0.04, blur: 0.4, quality: Math.max(55, quality) }
    case 'phoneLike':
      return { dpi: 200, noise: 4, light: 0.45, blur: 0.5, quality }
    case 'fax':
      return { dpi: 200, noise: 3, blur: 0.5, as: 'g4', threshold: between(random, 135, 175) }
    case 'faxFine':
      return { dpi: 300, noise: 3, blur: 0.6, as: 'g4', threshold: between(random, 130, 180) }
    case 'dirtyFax':
      return { dpi: 300, noise: 14, light: 0.1, bleed: 0.12, blur: 0.7, as: 'g4' }
    case 'dirty':
      return { dpi: pick(random, [200, 300]), noise: 9, light: 0.2, bleed: 0.1, blur: 0.7, quality }
    case 'shadow':
      return { dpi: 300, noise: 3, light: 0.3, blur: 0.5, quality, edge: [3 + random() * 3, random() * 4] }
    case 'bleeding':
      return { dpi: 200, noise: 3, light: 0.05, bleed: 0.22, blur: 0.5, quality }
    case 'inPdf':
      return { dpi: pick(random, [200, 300]), noise: 3, blur: 0.4, quality, as: 'pdf' }
  }
}
