import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasCeph, startCeph } from '../../../test/support/ceph.ts'
import { isOutage } from './database.ts'
import { openFileStore } from './file-store.ts'
import {
  contentKey,
  hashFile,
  ObjectMismatch,
  ObjectMissing,
  ObjectRetained,
  type ObjectStore,
} from './object-store.ts'
import { openS3Store } from './s3-store.ts'

let folder: string
const referenced = new Set<string>()
const isReferenced = (key: string) => Promise.resolve(referenced.has(key))

let s3: Awaited<ReturnType<typeof startCeph>> | undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tasain-store-'))
  if (hasCeph()) s3 = await startCeph()
}, 120_000)
afterAll(async () => {
  await s3?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function makeFile(bytes: Buffer): Promise<{ path: string; key: string }> {
  const path = join(folder, randomBytes(8).toString('hex'))
  await writeFile(path, bytes)
  return { path, key: contentKey(await hashFile(path)) }
}

if (!hasCeph())
  console.warn(
    'Skipped: the S3 driver. It needs a real S3 service (Debian: apt-get install radosgw ceph-mon ceph-osd ceph-common).',
  )

// One suite for every driver: whoever depends on the store may depend on all of this.
const drivers: [name: string, isHere: boolean, open: () => Promise<ObjectStore>][] = [
  ['the file driver', true, () => openFileStore(join(folder, 'store'), isReferenced)],
  [
    'the S3 driver on Ceph RGW',
    hasCeph(),
    () => (s3 ? Promise.resolve(openS3Store(s3, isReferenced)) : Promise.reject(new Error('Ceph did not start'))),
  ],
]

describe('the S3 driver, where the service takes the connection and falls silent', () => {
  const openSilent = async (answer: string) => {
    const server = createServer((socket) =>
      socket.on('error', () => undefined).once('data', () => socket.write(answer)),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const endpoint = `http://127.0.0.1:${address.port}`
    const keys = { accessKey: 'a', secretKey: 'b' }
    const store = openS3Store({ endpoint, region: 'x', bucket: 'papers', ...keys, silenceMs: 200 }, isReferenced)
    return { store, server }
  }

  test('says that it is out of reach instead of waiting for ever', async () => {
    const { store, server } = await openSilent('')
    const { path, key } = await makeFile(randomBytes(1_000))
    for (const ask of [
      () => store.put(key, path),
      () => store.stat(key),
      () => store.get(key),
      () => store.remove(key),
    ])
      await expect(ask()).rejects.toSatisfy(isOutage)
    server.close()
  })

  test('breaks off an object that stops half-way', async () => {
    const { store, server } = await openSilent('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf')
    const { key } = await makeFile(randomBytes(1_000))
    await expect(buffer(await store.get(key))).rejects.toThrow()
    server.close()
  })
})

describe.each(drivers)('%s', (_name, isHere, openStore) => {
  const it = test.skipIf(!isHere)

  it('gives back exactly the bytes that were put, also a large object', async () => {
    const store = await openStore()
    const bytes = randomBytes(9 * 1024 * 1024)
    const { path, key } = await makeFile(bytes)
    await store.put(key, path)
    expect(bytes.equals(await buffer(await store.get(key)))).toBe(true)
    expect((await store.stat(key))?.size).toBe(bytes.length)
  })

  it('takes the same object twice without harm, also at the same moment', async () => {
    const store = await openStore()
    const { path, key } = await makeFile(randomBytes(1_000))
    await Promise.all([store.put(key, path), store.put(key, path), store.put(key, path)])
    await store.put(key, path)
    expect((await store.stat(key))?.size).toBe(1_000)
  })

  it('never overwrites: other bytes under a key are refused and put aside', async () => {
    const store = await openStore()
    const first = await makeFile(randomBytes(500))
    const second = await makeFile(randomBytes(600))
    await store.put(first.key, first.path)
    await expect(store.put(first.key, second.path)).rejects.toThrow(ObjectMismatch)
    expect((await store.stat(first.key))?.size).toBe(500)
    const quarantined = []
    for await (const object of store.list('quarantine/')) quarantined.push(object)
    expect(quarantined.some((object) => object.size === 600)).toBe(true)
  })

  it('says that an object is missing instead of giving nothing', async () => {
    const store = await openStore()
    await expect(store.get('scans/00/00/nothing')).rejects.toThrow(ObjectMissing)
    expect(await store.stat('scans/00/00/nothing')).toBeUndefined()
  })

  it('lists what was put, with its size', async () => {
    const store = await openStore()
    const { path, key } = await makeFile(randomBytes(321))
    await store.put(key, path)
    const found = []
    for await (const object of store.list('scans/')) found.push(object)
    expect(found).toContainEqual(expect.objectContaining({ key, size: 321 }))
  })

  it('refuses to remove what a row still points to, and removes it afterwards', async () => {
    const store = await openStore()
    const { path, key } = await makeFile(randomBytes(100))
    await store.put(key, path)
    referenced.add(key)
    await expect(store.remove(key)).rejects.toThrow(ObjectRetained)
    referenced.delete(key)
    await store.remove(key)
    expect(await store.stat(key)).toBeUndefined()
  })

  it('refuses to remove what is retained, and never shortens a retention', async () => {
    const store = await openStore()
    const { path, key } = await makeFile(randomBytes(100))
    await store.put(key, path)
    await store.retain(key, new Date(Date.now() + 60_000))
    await store.retain(key, new Date(Date.now() + 1_000))
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    await expect(store.remove(key)).rejects.toThrow(ObjectRetained)
  })

  it('refuses a key that leads out of the store', async () => {
    const store = await openStore()
    const { path } = await makeFile(randomBytes(10))
    for (const key of ['../out', '/etc/passwd', 'a//b', 'a/../b', 'Ä', ''])
      await expect(store.put(key, path)).rejects.toThrow('characters that are not allowed')
  })
})

test('the file driver leaves no temporary file behind', async () => {
  const store = await openFileStore(join(folder, 'tidy'), isReferenced)
  const { path, key } = await makeFile(randomBytes(100))
  await store.put(key, path)
  await store.put(key, path)
  await expect(store.put(key, join(folder, 'missing'))).rejects.toThrow('ENOENT')
  expect(await readdir(join(folder, 'tidy', 'temporary'))).toEqual([])
  for (const name of ['old.part', 'young.part']) await writeFile(join(folder, 'tidy', 'temporary', name), 'cut off')
  await utimes(join(folder, 'tidy', 'temporary', 'old.part'), 0, 0)
  await openFileStore(join(folder, 'tidy'), isReferenced)
  expect(await readdir(join(folder, 'tidy', 'temporary'))).toEqual(['young.part'])
})

test('the file driver removes nothing whose retention it cannot read', async () => {
  const store = await openFileStore(join(folder, 'unreadable'), isReferenced)
  const { path, key } = await makeFile(randomBytes(100))
  await store.put(key, path)
  await mkdir(join(folder, 'unreadable', 'retained', key.replaceAll('/', '_')))
  await expect(store.remove(key)).rejects.toThrow('EISDIR')
  expect((await store.stat(key))?.size).toBe(100)
})
