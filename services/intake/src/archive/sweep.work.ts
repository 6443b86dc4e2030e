import { type ObjectStore, repeat, startSealing } from '@tasain/kit'
import type { House } from '../house.ts'
import { readPage, readText, sweep, turnDue } from '../queues.ts'
import { deleteForgottenDrafts } from '../recognition/authoring/form.store.ts'
import { settleLeftUploads } from '../scanning/left-uploads.work.ts'
import { sweepTemporary } from '../temporary.ts'
import { deleteOldKeys, deleteOldUploads, listForgottenPages, listUnreferenced } from './sweep.store.ts'

type Needs = Pick<
  House,
  'db' | 'log' | 'clock' | 'objects' | 'jobs' | 'temporaryFolder' | 'accessLogHead' | 'accessLogKey' | 'witness'
>

const hour = 3_600_000
/** How long an object may lie without a row: an upload may be between the two, or have failed and be tried again. */
export const orphanAgeMs = 24 * hour
const keyHours = 7 * 24
const uploadHours = 24
const forgottenMinutes = 30
const draftDays = 90

/**
 * Starts the upkeep. The sealer and the temporary folder are each process's own; what concerns the whole house is a job,
 * which one process at a time does.
 */
export async function startSweeping(house: Needs): Promise<{ stop: () => Promise<void> }> {
  await sweepFolders(house)
  const temporary = repeat(house.log, hour / 6, () => sweepFolders(house), 'folders')
  const { db, accessLogHead: headFile, accessLogKey: key, witness, log } = house
  const sealer = startSealing({ db, headFile, key, witness, log })
  await house.jobs.schedule(sweep, '17 * * * *')
  await house.jobs.work(sweep, 1, async () => await sweepHouse(house))
  return {
    async stop() {
      await Promise.all([temporary.stop(), sealer.stop()])
    },
  }
}

async function sweepFolders(house: Needs): Promise<void> {
  await settleLeftUploads(house)
  await sweepTemporary(house.temporaryFolder, house.clock.now())
}

/** Once over everything that may have been left behind. Finds and reports; of papers it removes nothing. */
export async function sweepHouse(house: Needs): Promise<void> {
  const { db, log, jobs } = house
  const keys = await deleteOldKeys(db, keyHours)
  const uploads = await deleteOldUploads(db, uploadHours)
  const drafts = await deleteForgottenDrafts(db, draftDays)
  const planned = await db.transaction().execute(async (tx) => {
    const pages = await listForgottenPages(tx, forgottenMinutes)
    for (const pageId of pages) await jobs.plan(tx, readPage, { pageId })
    for (const queue of [readPage, readText]) await jobs.plan(tx, turnDue, { queue })
    return pages.length
  })
  const { aged } = await findOrphans(house, house.clock.now())
  for (const key of aged) log.error({ alarm: 'orphan_object', key }, 'an object lies in the store without a scan')
  log.info({ keys, uploads, drafts, planned, orphans: aged.length }, 'the house has been swept')
}

export type Orphans = { aged: string[]; young: number; objects: number }

/** Objects of papers that no row points to, by age. Works through the store in portions. */
export async function findOrphans({ db, objects }: Pick<House, 'db' | 'objects'>, now: Date): Promise<Orphans> {
  const found: Orphans = { aged: [], young: 0, objects: 0 }
  for await (const portion of listInPortions(objects)) {
    found.objects += portion.length
    const hashes = portion.map(({ key }) => key.split('/').at(-1) ?? '')
    const orphans = new Set(await listUnreferenced(db, hashes))
    for (const [index, { key, storedAt }] of portion.entries()) {
      if (!orphans.has(hashes[index] ?? '')) continue
      if (now.getTime() - storedAt.getTime() > orphanAgeMs) found.aged.push(key)
      else found.young += 1
    }
  }
  return found
}

async function* listInPortions(objects: ObjectStore) {
  let portion: { key: string; storedAt: Date }[] = []
  for await (const { key, storedAt } of objects.list('scans/')) {
    portion.push({ key, storedAt })
    if (portion.length < 1_000) continue
    yield portion
    portion = []
  }
  if (portion.length > 0) yield portion
}
