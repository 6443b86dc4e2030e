import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeHeader } from '../../../../test/faults/bad-files.ts'
import { drawMultiPage } from '../../../../test/samples/form.ts'
import { drawDamage } from '../../../../test/samples/harm.ts'
import { createRandom, pick } from '../../../../test/samples/people.ts'
import { readMemory } from './child.work.ts'
import { ChildDied, createReaders } from './children.ts'

const folder = mkdtempSync(join(tmpdir(), 'children-'))
const file = (name: string) => join(folder, name)
const readers = createReaders({ count: 1 })

beforeAll(async () => {
  const white = sharp({ create: { width: 1240, height: 1754, channels: 3, background: '#fff' } })
  await white.clone().png().toFile(file('blank.png'))
  const jpeg = await white.clone().jpeg().toBuffer()
  writeFileSync(file('cut.jpg'), jpeg.subarray(0, jpeg.length / 2))
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  const snow = (side: number) =>
    sharp({ create: { width: side, height: side, channels: 3, background: '#fff', noise } })
  await snow(2000).png().toFile(file('noise.png'))
  // As many blots as letters on the densest page, none of them a letter: it keeps the engine busy for long.
  const few = await snow(500).png().toBuffer()
  await sharp(few).resize({ width: 2000, kernel: 'nearest' }).png().toFile(file('blots.png'))
  writeFileSync(file('empty.pdf'), '')
  writeFileSync(file('text.jpg'), 'not an image')
})

afterAll(async () => {
  await readers.stop()
  rmSync(folder, { recursive: true })
})

test('a blank page is found blank and has no fields', async () => {
  const read = await readers.read({ path: file('blank.png'), kind: 'png', page: 1 })
  expect(read).toMatchObject({ ok: true, reading: { blank: true, fields: {}, text: '' } })
})

test('a letter that lies on its side on dirty glass, without a code to tell, is stood upright', async () => {
  const random = createRandom(160_053)
  const damage = {
    ...drawDamage(random, pick(random, ['crisp', 'everyday', 'economy', 'fax', 'dirty', 'shadow', 'inPdf'])),
    turned: 270 as const,
  }
  const { bytes } = await drawMultiPage([{ letter: 'fi' }], damage)
  writeFileSync(file('dirty.jpg'), bytes)
  expect(damage.kind).toBe('dirty')
  const read = await readers.read({ path: file('dirty.jpg'), kind: 'jpeg', page: 1 })
  expect(read).toMatchObject({ ok: true, reading: { rotation: 90 } })
})

test('a child has none of our settings', async () => {
  await readers.inspect({ path: file('blank.png') })
  expect(readers.pids().length).toBeGreaterThan(0)
  for (const pid of readers.pids()) expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain('PATH=')
})

test.each([
  ['cut.jpg', 'scan.damaged'],
  ['empty.pdf', 'scan.empty'],
  ['text.jpg', 'scan.unknown_type'],
  ['missing.jpg', 'scan.not_readable'],
])('%s is answered with %s', async (name, code) => {
  expect(await readers.inspect({ path: file(name) })).toMatchObject({ ok: false, code })
})

test('a page image comes upright as WebP of the width asked for', async () => {
  const drawn = await readers.render({
    path: file('blank.png'),
    kind: 'png',
    page: 1,
    rotation: 90,
    skew: 0.7,
    width: 'thumbnail',
  })
  if (!drawn.ok) throw new Error(drawn.reason)
  expect(await sharp(drawn.bytes).metadata()).toMatchObject({ format: 'webp', width: 240, height: 170 })
})

test('a page of noise is set aside at once, not taken for a page without fields', async () => {
  const read = await readers.read({ path: file('noise.png'), kind: 'png', page: 1 })
  expect(read).toMatchObject({ ok: false, code: 'scan.only_noise' })
})

test('a child that hangs is ended at the deadline and the next page is read', { timeout: 60_000 }, async () => {
  const hasty = createReaders({ count: 1, deadlineMs: 4000 })
  try {
    const hanging = hasty.read({ path: file('blots.png'), kind: 'png', page: 1 })
    hanging.catch(() => undefined)
    await expect.poll(() => hasty.pids(), { timeout: 3000 }).toHaveLength(1)
    for (const pid of hasty.pids()) process.kill(pid, 'SIGSTOP')
    // A page has not shown that it takes too long: the machine may have had no time for it.
    await expect(hanging).rejects.toMatchObject({ code: 'service.busy' })
    expect(await hasty.read({ path: file('blank.png'), kind: 'png', page: 1 })).toMatchObject({ ok: true })
  } finally {
    await hasty.stop()
  }
  expect(hasty.pids()).toEqual([])
})

test('a page that keeps the processor busy beyond the deadline is given up', { timeout: 60_000 }, async () => {
  const hasty = createReaders({ count: 1, deadlineMs: 1500 })
  try {
    const read = await hasty.read({ path: file('blots.png'), kind: 'png', page: 1 })
    expect(read).toMatchObject({ ok: false, code: 'scan.took_too_long', reason: 'more than 1.5 s' })
  } finally {
    await hasty.stop()
  }
})

test('a page is not blamed for the time its child had to wait for a processor', { timeout: 60_000 }, async () => {
  const hasty = createReaders({ count: 1, deadlineMs: 4000 })
  try {
    const waiting = hasty.read({ path: file('blank.png'), kind: 'png', page: 1 })
    await expect.poll(() => hasty.pids(), { timeout: 3000 }).toHaveLength(1)
    const [pid = 0] = hasty.pids()
    process.kill(pid, 'SIGSTOP')
    await new Promise((resolve) => setTimeout(resolve, 6000))
    process.kill(pid, 'SIGCONT')
    expect(await waiting).toMatchObject({ ok: true, reading: { blank: true } })
  } finally {
    await hasty.stop()
  }
})

test('a child keeps the forms it was given, and one that took its place is given them again', async () => {
  const forms = { revision: 7, definitions: [] }
  const read = () => readers.readFields({ path: file('blank.png'), kind: 'png', page: 1, forms })
  expect(await read()).toMatchObject({ ok: true })
  expect(await read()).toMatchObject({ ok: true })
  for (const pid of readers.pids()) process.kill(pid, 'SIGKILL')
  await expect.poll(() => readers.pids()).toEqual([])
  expect(await read()).toMatchObject({ ok: true })
})

test('a child keeps the forms it was given with a file that could not be read', async () => {
  const read = (name: string) =>
    readers.readFields({ path: file(name), kind: 'png', page: 1, forms: { revision: 8, definitions: [] } })
  expect(await read('missing.png')).toMatchObject({ ok: false, code: 'scan.not_readable' })
  expect(await read('blank.png')).toMatchObject({ ok: true })
})

test('a child that takes too much memory is ended', { timeout: 30_000 }, async () => {
  const small = createReaders({ count: 1, memoryMiB: 60 })
  try {
    const read = await small.read({ path: file('blots.png'), kind: 'png', page: 1 })
    expect(read).toMatchObject({ ok: false, code: 'scan.out_of_memory' })
  } finally {
    await small.stop()
  }
})

test('a child that has grown is replaced before the next page, which is read', { timeout: 30_000 }, async () => {
  const blank = { path: file('blank.png'), kind: 'png', page: 1 } as const
  const pidsOfTwo = async (memoryMiB: number) => {
    const pool = createReaders({ count: 1, memoryMiB })
    try {
      const pids = new Set<number>()
      for (let page = 0; page < 2; page++) {
        const read = pool.read(blank)
        await setImmediate()
        for (const pid of pool.pids()) pids.add(pid)
        expect(await read).toMatchObject({ ok: true, reading: { blank: true } })
      }
      return pids.size
    } finally {
      await pool.stop()
    }
  }
  expect(await pidsOfTwo(700)).toBe(1)
  expect(await pidsOfTwo(180)).toBe(2)
})

test('what it takes to look everywhere for a code is given back', { timeout: 120_000 }, async () => {
  const pool = createReaders({ count: 1, memoryMiB: 8192, recycleAfter: Number.POSITIVE_INFINITY })
  const read = async (isCodeBlotted: boolean) => {
    const { bytes } = await drawMultiPage([{ layout: 'housing-fi', seed: 7, isCodeBlotted }], 'clean')
    writeFileSync(file('fine.jpg'), bytes)
    expect(await pool.readFields({ path: file('fine.jpg'), kind: 'jpeg', page: 1 })).toMatchObject({ ok: true })
    const [pid = 0] = pool.pids()
    return readMemory(pid)
  }
  try {
    for (let page = 0; page < 4; page++) await read(false)
    const before = await read(false)
    await read(true)
    // When it is collected is the collector's business; 80 MiB and more stayed for good with a child that kept it.
    let after = await read(false)
    for (let page = 0; page < 12 && after - before >= 50; page++) after = await read(false)
    expect(after - before).toBeLessThan(50)
  } finally {
    await pool.stop()
  }
})

test('a killed child is an exception for a queue that tries again, else an answer', { timeout: 30_000 }, async () => {
  const pool = createReaders({ count: 1 })
  const killed = async (throwOnDeath: boolean) => {
    const before = pool.pids()
    const read = pool.read({ path: file('blots.png'), kind: 'png', page: 1, throwOnDeath })
    const settled = read.then(
      (answer) => answer,
      (error: unknown) => error,
    )
    await expect.poll(() => pool.pids().filter((pid) => !before.includes(pid)), { timeout: 5000 }).toHaveLength(1)
    for (const pid of pool.pids()) process.kill(pid, 'SIGKILL')
    return settled
  }
  try {
    expect(await killed(true)).toBeInstanceOf(ChildDied)
    expect(await killed(false)).toMatchObject({ ok: false, code: 'scan.not_readable' })
  } finally {
    await pool.stop()
  }
})

describe('One person cannot stop the others', () => {
  const shown = { kind: 'png', page: 1, rotation: 0, skew: 0, width: 'page' } as const

  test('a page that is hard to draw holds up neither an upload nor the page of another', async () => {
    const pool = createReaders({ count: 1 })
    try {
      const gone = new AbortController()
      const hanging = pool.render({ path: file('noise.png'), ...shown, person: 'a', signal: gone.signal })
      const lost = expect(hanging).rejects.toThrow('nobody waits')
      await expect.poll(() => pool.pids()).toHaveLength(1)
      const [pid = 0] = pool.pids()
      process.kill(pid, 'SIGSTOP')
      const own = pool.render({ path: file('blank.png'), ...shown, person: 'a' })
      expect(await pool.inspect({ path: file('blank.png'), person: 'a' })).toMatchObject({ ok: true })
      expect(await pool.render({ path: file('blank.png'), ...shown, person: 'b' })).toMatchObject({ ok: true })
      expect(pool.pids()).toContain(pid)
      gone.abort(new Error('nobody waits'))
      await lost
      expect(pool.pids()).not.toContain(pid)
      expect(await own).toMatchObject({ ok: true })
    } finally {
      await pool.stop()
    }
  }, 180_000)

  test('what would be unpacked to hundreds of megabytes is refused, though its pixels are few enough', async () => {
    writeFileSync(file('deep.png'), makeHeader(8_900, 16, 6))
    writeFileSync(file('wide.png'), makeHeader(8_900, 8, 2))
    const code = async (name: string) => {
      const inspected = await readers.inspect({ path: file(name) })
      return inspected.ok ? 'ok' : inspected.code
    }
    expect(await code('deep.png')).toBe('scan.too_large_image')
    // Only its header is there, so it is damaged; its size is no fault.
    expect(await code('wide.png')).toBe('scan.damaged')
  }, 180_000)
})
