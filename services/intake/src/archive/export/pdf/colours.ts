/**
 * The colour profile of sRGB (IEC 61966-2-1), made here: a PDF/A names what its reds, greens and blues mean. Version 4,
 * primaries adapted to D50, the curve with its straight foot.
 */
export function makeColourProfile(): Uint8Array {
  const curve = Buffer.concat([
    tag('para'),
    Buffer.from([0, 3, 0, 0]),
    fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045),
  ])
  const adapted = [1.0478112, 0.0228866, -0.050127, 0.0295424, 0.9904844, -0.0170491, -0.0092345, 0.0150436, 0.7521316]
  const tags: [string, Buffer][] = [
    ['desc', words('sRGB')],
    ['cprt', words('No rights reserved')],
    ['wtpt', colour(...white)],
    ['chad', Buffer.concat([tag('sf32'), fixed(...adapted)])],
    ['rXYZ', colour(0.4360747, 0.2225045, 0.0139322)],
    ['gXYZ', colour(0.3850649, 0.7168786, 0.0971045)],
    ['bXYZ', colour(0.1430804, 0.0606169, 0.7141733)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ]
  const places = new Map<Buffer, number>()
  const parts: Buffer[] = []
  let at = 128 + 4 + 12 * tags.length
  for (const [, bytes] of tags) {
    if (places.has(bytes)) continue
    places.set(bytes, at)
    parts.push(bytes)
    at += bytes.length
  }
  const table = tags.map(([name, bytes]) =>
    Buffer.concat([Buffer.from(name), whole(places.get(bytes) ?? 0, bytes.length)]),
  )
  return Buffer.concat([makeHeader(at), whole(tags.length), ...table, ...parts])
}

/** The light that everything is measured under: D50. */
const white = [0.9642029, 1, 0.8249054] as const

function makeHeader(size: number): Buffer {
  const header = Buffer.alloc(128)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(0x04200000, 8)
  header.write('mntrRGB XYZ ', 12, 'latin1')
  header.set(
    [2026, 1, 1, 0, 0, 0].flatMap((part) => [part >> 8, part & 255]),
    24,
  )
  header.write('acsp', 36, 'latin1')
  header.set(fixed(...white), 68)
  return header
}

const tag = (type: string) => Buffer.concat([Buffer.from(type), Buffer.alloc(4)])
const colour = (...values: number[]) => Buffer.concat([tag('XYZ '), fixed(...values)])
const whole = (...values: number[]) => numbers(values, (bytes, value, at) => bytes.writeUInt32BE(value, at))
/** Whole parts and 65,536ths. */
const fixed = (...values: number[]) =>
  numbers(values, (bytes, value, at) => bytes.writeInt32BE(Math.round(value * 65_536), at))

function numbers(values: readonly number[], put: (bytes: Buffer, value: number, at: number) => void): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) put(bytes, value, index * 4)
  return bytes
}

/** Words in one language, padded to whole fours. */
function words(text: string): Buffer {
  const letters = Buffer.from(text, 'utf16le').swap16()
  const record = Buffer.concat([whole(1, 12), Buffer.from('enUS'), whole(letters.length, 28)])
  return Buffer.concat([tag('mluc'), record, letters, Buffer.alloc((4 - (letters.length % 4)) % 4)])
}
