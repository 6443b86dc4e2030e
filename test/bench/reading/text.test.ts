import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { createReaders } from '../../../services/intake/src/recognition/children.ts'
import type { Peers } from './peers.ts'
import { makePage } from './test-page.ts'
import { readByAll, summariseText } from './text.ts'

const folder = mkdtempSync(join(tmpdir(), 'bench-text-'))
afterAll(() => rmSync(folder, { recursive: true }))

const page = makePage('one', {
  path: join(folder, 'page'),
  lines: [
    { text: 'Hakemus', kind: 'print' },
    { text: 'Aino', kind: 'value' },
  ],
})
const nobody: Peers = { native: undefined, nativeLocal: undefined, ocrmypdf: undefined, missing: [] }

async function read(content: string | Uint8Array, peers: Peers, recycleAfter = 100) {
  writeFileSync(page.path, content)
  const readers = createReaders({ count: 1, recycleAfter })
  try {
    return await readByAll(readers, peers, page, 1)
  } finally {
    await readers.stop()
  }
}

test('whoever cannot read a page, ours or a peer, has missed every letter of it', async () => {
  const row = await read('no picture', {
    ...nobody,
    native: () => Promise.resolve({ cpuMs: 5, text: 'Hakemus Aino' }),
    nativeLocal: () => Promise.reject(new Error('broken')),
  })
  const { errors, cpuMs } = summariseText([row])
  expect([errors.plain, errors.clean, errors.nativeLocal].map(({ all }) => all)).toEqual([1, 1, 1])
  expect([errors.native.all, cpuMs.native, cpuMs.plain]).toEqual([0, 5, null])
  expect([errors.fields.all, errors.ocrmypdf.all]).toEqual([null, null])
  expect(new Set(row.failed.map((line) => line.split(' ')[0]))).toEqual(
    new Set(['clean', 'fields', 'nativeLocal', 'plain']),
  )
})

test('what a child used is told only where it is the same child before and after', async () => {
  const blank = await sharp({ create: { width: 1240, height: 1754, channels: 3, background: '#fff' } })
    .jpeg()
    .toBuffer()
  const lasting = await read(blank, nobody)
  expect([lasting.failed, Object.keys(lasting.cpuMs)]).toEqual([[], ['clean', 'fields', 'plain']])
  // Replaced behind its second page, which is the first that is measured.
  const replaced = await read(blank, nobody, 2)
  expect(replaced.failed[0]).toContain('it has been replaced')
  expect(Object.values({ ...lasting.cpuMs, ...replaced.cpuMs }).every((ms) => ms >= 0)).toBe(true)
})
