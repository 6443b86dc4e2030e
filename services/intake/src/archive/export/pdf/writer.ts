import { deflateSync } from 'node:zlib'

/** Takes the next bytes of the file; it may be slow. */
export type Sink = (bytes: Uint8Array) => Promise<void>

/**
 * Writes a PDF object by object, so that nothing need be held but where each one begins (ISO 32000-1, 7.5). Layout of
 * lines and numbers as PDF/A-2 wants it (ISO 19005-2, 6.1).
 */
export type PdfWriter = {
  /** A number for an object that is referred to before it is written. */
  readonly reserve: () => number
  /** Writes an object as it stands and gives its number. */
  readonly write: (body: string | Uint8Array, number?: number) => Promise<number>
  /** Writes a stream whose bytes are as its `entries` say. */
  readonly writeStream: (entries: string, bytes: Uint8Array, number?: number) => Promise<number>
  /** Writes a stream of our own, compressed. */
  readonly writePacked: (bytes: Uint8Array, entries?: string) => Promise<number>
  /** Writes what comes last; `id`: 32 hexadecimal digits. @throws Error when an object that was reserved is missing. */
  readonly finish: (root: number, id: string) => Promise<void>
}

export async function startPdf(sink: Sink): Promise<PdfWriter> {
  const starts: (number | undefined)[] = [0]
  let at = 0
  const put = async (bytes: Uint8Array) => {
    at += bytes.length
    await sink(bytes)
  }
  // The second line tells programs that look at bytes that this is no text.
  await put(Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1'))

  const reserve = () => starts.push(undefined) - 1
  const begin = (number: number) => {
    starts[number] = at
    return Buffer.from(`${number} 0 obj\n`)
  }
  const write: PdfWriter['write'] = async (body, number = reserve()) => {
    await put(Buffer.concat([begin(number), toBytes(body), endObject]))
    return number
  }
  const writeStream: PdfWriter['writeStream'] = async (entries, bytes, number = reserve()) => {
    await put(Buffer.concat([begin(number), toBytes(`<<${entries}/Length ${bytes.length}>>\nstream\n`)]))
    await put(bytes)
    await put(Buffer.concat([toBytes('\nendstream'), endObject]))
    return number
  }
  return {
    reserve,
    write,
    writeStream,
    writePacked: (bytes, entries = '') => writeStream(`${entries}/Filter/FlateDecode`, deflateSync(bytes)),
    async finish(root, id) {
      const table = starts.map((start, number) => {
        if (start === undefined) throw new Error(`object ${number} was never written`)
        return number === 0 ? '0000000000 65535 f \n' : `${String(start).padStart(10, '0')} 00000 n \n`
      })
      const trailer = `trailer\n<</Size ${starts.length}/Root ${root} 0 R/ID[<${id}><${id}>]>>`
      await put(toBytes(`xref\n0 ${starts.length}\n${table.join('')}${trailer}\nstartxref\n${at}\n%%EOF\n`))
    },
  }
}

const endObject = Buffer.from('\nendobj\n')
const toBytes = (body: string | Uint8Array) => (typeof body === 'string' ? Buffer.from(body, 'latin1') : body)

/** A number as PDF writes it: no exponent, no more digits than matter. */
export function toReal(value: number, digits = 4): string {
  const text = value.toFixed(digits)
  return text.includes('.') ? text.replace(/\.?0+$/, '').replace(/^-0$/, '0') : text
}
