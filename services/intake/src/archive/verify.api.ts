import type { IntakeAction, Verification } from '@tasain/contracts'
import { checkAccessLog, contentKey, type Door, hashStream } from '@tasain/kit'
import type { House } from '../house.ts'
import type { Schema } from '../schema.ts'
import { findOrphans } from './sweep.work.ts'
import {
  countPagesByState,
  listHandoverFaults,
  listPageIds,
  listPlaceFaults,
  listReadingFaults,
  listScanBytes,
} from './verify.store.ts'

type Needs = Pick<House, 'db' | 'clock' | 'objects' | 'accessLogKey' | 'accessLogHead'>
type Check = Verification['checks'][number]
const portion = 500
const mostNamed = 5

/** GET /verify: whether what must always hold does hold; reads every object, so it takes its time. */
export function mountVerify(door: Door<Schema, IntakeAction>, house: Needs): void {
  door.list('/verify', 'record.verify', {}, async () => await verifyHouse(house))
}

export async function verifyHouse(house: Needs): Promise<Verification> {
  const checks = [
    await checkObjects(house),
    await checkOrphans(house),
    await checkPages(house),
    await checkPlaces(house),
    await checkHandovers(house),
    await checkAccessLog(house.db, house.accessLogHead, house.accessLogKey),
  ]
  return { ok: checks.every(({ faults }) => faults.length === 0), checks }
}

async function checkObjects({ db, objects }: Needs): Promise<Check> {
  const check: Check = { name: 'scans have their objects', counted: 0, faults: [] }
  for (let after: string | undefined; ; ) {
    const scans = await listScanBytes(db, after, portion)
    for (const { id, sha256, bytes } of scans) {
      const fault = await findObjectFault({ objects }, sha256, bytes)
      if (fault) check.faults.push(`Scan ${id} (page ${await namePages(db, id)}): ${fault}.`)
    }
    check.counted += scans.length
    after = scans.at(-1)?.id
    if (after === undefined) return check
  }
}

async function namePages(db: Needs['db'], scanId: string): Promise<string> {
  const ids = await listPageIds(db, scanId, mostNamed + 1)
  return `${ids.slice(0, mostNamed).join(', ')}${ids.length > mostNamed ? ' and more' : ''}`
}

async function findObjectFault({ objects }: Pick<House, 'objects'>, sha256: string, bytes: number) {
  const key = contentKey(sha256)
  const found = await objects.stat(key)
  if (!found) return `no object lies under ${key}`
  if (found.size !== bytes) return `its object has ${found.size} bytes instead of ${bytes}`
  return (await hashStream(await objects.get(key))) === sha256 ? undefined : 'the bytes of its object have changed'
}

async function checkOrphans(house: Needs): Promise<Check> {
  const { aged, objects } = await findOrphans(house, house.clock.now())
  const faults = aged.map((key) => `Object ${key} has lain without a scan for more than 24 hours.`)
  return { name: 'objects have their scans (younger than 24 hours excepted)', counted: objects, faults }
}

async function checkPages({ db }: Needs): Promise<Check> {
  const { pages, states, scans } = await countPagesByState(db)
  const faults = (await listReadingFaults(db)).map(
    (id) => `Page ${id} and its reading disagree on whether it was read.`,
  )
  if (pages !== states) faults.push(`${pages} pages, but ${states} stored, read, set aside or duplicate.`)
  if (scans > 0) faults.push(`${scans} scans have no pages.`)
  return { name: 'pages = stored + read + set aside + duplicate', counted: pages, faults }
}

/** In an application, a cover, a separator, left out of its application, or of a file that was scanned before. */
async function checkPlaces({ db }: Needs): Promise<Check> {
  const { pages, placed, faults } = await listPlaceFaults(db)
  if (pages !== placed) faults.push(`${pages} pages are stored, but ${placed} are in a place.`)
  return { name: 'pages stored = pages placed', counted: pages, faults }
}

async function checkHandovers({ db }: Needs): Promise<Check> {
  const { complete, faults } = await listHandoverFaults(db)
  return {
    name: 'complete applications are handed over as they are',
    counted: complete,
    faults: faults.map((id) => `Application ${id} is complete but its newest snapshot is missing or older than it.`),
  }
}
