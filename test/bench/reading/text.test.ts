import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createReaders } from '../../../services/intake/src/recognition/children.ts'
import type { BenchPage } from './pages.ts'
import type { Peers } from './peers.ts'
import { readByAll, summariseText } from './text.ts'

const folder = mkdtempSync(join(tmpdir(), 'bench-text-'))
const readers = createReaders({ count: 1 })
afterAll(async () => {
  await readers.stop()
  rmSync(folder, { recursive: true })
})

test('whoever cannot read a page, ours or a peer, has missed every letter of it', async () => {
  const path = join(folder, 'damaged.jpg')
  writeFileSync(path, 'no picture')
  const page: BenchPage = {
    name: 'one',
    path,
    kind: 'jpeg',
    dpi: 200,
    rotation: 0,
    damage: 'crisp',
    form: null,
    language: 'fi',
    isBlank: false,
    isTyped: true,
    fields: {},
    ticks: {},
    lines: [
      { text: 'Hakemus', kind: 'print' },
      { text: 'Aino', kind: 'value' },
    ],
  }
  const peers: Peers = {
    native: () => Promise.resolve({ cpuMs: 5, text: 'Hakemus Aino' }),
    nativeLocal: () => Promise.reject(new Error('broken')),
    ocrmypdf: undefined,
    missing: [],
  }
  const row = await readByAll(readers, peers, page, 1)
  const { errors, cpuMs } = summariseText([row])
  expect([errors.plain, errors.clean, errors.nativeLocal].map(({ all }) => all)).toEqual([1, 1, 1])
  expect([errors.native.all, cpuMs.native, cpuMs.plain]).toEqual([0, 5, null])
  expect([errors.fields.all, errors.ocrmypdf.all]).toEqual([null, null])
  expect(new Set(row.failed.map((line) => line.split(' ')[0]))).toEqual(
    new Set(['clean', 'fields', 'nativeLocal', 'plain']),
  )
})
