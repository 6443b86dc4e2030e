import { deflateSync } from 'node:zlib'

/**
 * A grey TIFF in strips whose directory stands before them, as some scanners write it: cut off anywhere in its strips, its
 * header still says that it is whole. `step`: rows a strip.
 */
export function writeStripedTiff(
  { width, height, data }: { width: number; height: number; data: Uint8Array },
  { isDeflated = false, step = 64 } = {},
): Buffer {
  const strips = Array.from({ length: Math.ceil(height / step) }, (_, index) => {
    const rows = data.subarray(index * step * width, Math.min(height, (index + 1) * step) * width)
    return isDeflated ? deflateSync(rows) : Buffer.from(rows)
  })
  const entries = 10
  const afterDirectory = 8 + 2 + entries * 12 + 4
  const tables = afterDirectory + strips.length * 8
  const offsets = strips.map((_, index) => strips.slice(0, index).reduce((sum, strip) => sum + strip.length, tables))
  const [short, long] = [3, 4]
  const directory: [tag: number, kind: number, count: number, value: number][] = [
    [256, long, 1, width],
    [257, long, 1, height],
    [258, short, 1, 8],
    [259, short, 1, isDeflated ? 8 : 1],
    [262, short, 1, 1],
    [273, long, strips.length, afterDirectory],
    [277, short, 1, 1],
    [278, long, 1, step],
    [279, long, strips.length, afterDirectory + strips.length * 4],
    [284, short, 1, 1],
  ]
  const head = Buffer.alloc(tables)
  head.write('II*\0', 'latin1')
  head.writeUInt32LE(8, 4)
  head.writeUInt16LE(entries, 8)
  for (const [index, [tag, kind, count, value]] of directory.entries()) {
    const at = 10 + index * 12
    head.writeUInt16LE(tag, at)
    head.writeUInt16LE(kind, at + 2)
    head.writeUInt32LE(count, at + 4)
    head.writeUInt32LE(value, at + 8)
  }
  for (const [index, strip] of strips.entries()) {
    head.writeUInt32LE(offsets[index] ?? 0, afterDirectory + index * 4)
    head.writeUInt32LE(strip.length, afterDirectory + (strips.length + index) * 4)
  }
  return Buffer.concat([head, ...strips])
}
