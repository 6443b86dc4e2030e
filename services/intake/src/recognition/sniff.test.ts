import { expect, test } from 'vitest'
import { sniff } from './sniff.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')

test('a TIFF is known by its first bytes though its directory lies at the end', async () => {
  expect(await sniff(bytes('II*\0\x08\xff\0\0'))).toEqual({ kind: 'tiff' })
  expect(await sniff(bytes('MM\0*\0\0\xff\xff'))).toEqual({ kind: 'tiff' })
})

test('a PNG broken right behind its signature is a damaged PNG, not an unknown file', async () => {
  expect(await sniff(bytes('\x89PNG\r\n\x1a\n/\xc5}P\xf4\xa8'))).toEqual({ kind: 'png' })
})

test('a PDF may begin with up to 1,024 bytes of something else', async () => {
  expect(await sniff(bytes(`${'x'.repeat(1000)}%PDF-1.7`))).toEqual({ kind: 'pdf' })
  expect(await sniff(bytes(`${'x'.repeat(1100)}%PDF-1.7`))).toMatchObject({ kind: 'unknown' })
})

test('an archive that carries a PDF inside is an archive', async () => {
  expect(await sniff(bytes(`PK\x03\x04${'\0'.repeat(26)}a.pdf%PDF-1.7`))).toEqual({
    kind: 'unknown',
    looksLike: 'application/zip',
  })
})

test('text is nothing we take', async () => {
  expect(await sniff(bytes('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toMatchObject({ kind: 'unknown' })
})
