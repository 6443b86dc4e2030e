import type { Jobs } from '@tasain/kit'
import { helsinkiDate } from '@tasain/vocabulary'
import type { BalancerRead } from '../schema.ts'
import type { IndexEntry, Intake } from './intake.work.ts'
import { applySnapshots, type Delivery } from './receiving.store.ts'
import { followUp, type Receiving, receiveOnce } from './receiving.work.ts'
import { compareHouses, type Difference } from './reconcile.ts'

/** Compares both houses each hour. */
export async function startReconciling(receiving: Receiving, jobs: Jobs): Promise<void> {
  await jobs.work('reconcile', 1, async () => {
    await reconcile(receiving)
  })
  await jobs.schedule('reconcile', '17 * * * *')
}

export type Reconciliation = Difference & { redelivered: number }

/**
 * Compares the houses, has what is missing delivered again and raises an alarm. What intake handed over while the
 * comparison ran is received first, so that it does not count as missing.
 * @throws when intake is out of reach.
 */
export async function reconcile(receiving: Receiving): Promise<Reconciliation> {
  const { database, intake, log } = receiving
  const handedOver = await listWholeIndex(intake)
  while ((await receiveOnce(receiving, 0)) > 0);
  const difference = compareHouses(handedOver, await listReceived(database.db))
  const redelivered = difference.missing.length > 0 ? await redeliver(receiving, difference.missing) : 0
  const { compared } = difference
  const [missing, unknown] = [difference.missing.length, difference.unknown.length]
  if (missing > 0 || unknown > 0)
    log.error({ alarm: 'reconciliation', compared, missing, unknown, redelivered }, 'the houses do not agree')
  else log.info({ compared }, 'the houses agree')
  return { ...difference, redelivered }
}

async function listWholeIndex(intake: Intake): Promise<IndexEntry[]> {
  const entries: IndexEntry[] = []
  for (;;) {
    const page = await intake.listIndex(entries.at(-1)?.applicationId)
    if (page.length === 0) return entries
    entries.push(...page)
  }
}

async function listReceived(read: BalancerRead): Promise<Map<string, number>> {
  const rows = await read
    .selectFrom('handover')
    .select('application_id')
    .select(({ fn }) => fn.max('version').as('version'))
    .where('position', 'is not', null)
    .groupBy('application_id')
    .execute()
  return new Map(rows.map(({ application_id, version }) => [application_id, version]))
}

/** Reads intake's log again from its beginning, for the missing applications alone; the cursor stays. */
async function redeliver(receiving: Receiving, missing: readonly IndexEntry[]): Promise<number> {
  const wanted = new Set(missing.map(({ applicationId }) => applicationId))
  let redelivered = 0
  for (let after = 0; ; ) {
    const page = await receiving.intake.listHandovers(after, 0)
    if (page.cursor === after) return redelivered
    after = page.cursor
    redelivered += await applyMissing(
      receiving,
      page.handovers.filter(({ snapshot }) => wanted.has(snapshot.applicationId)),
    )
  }
}

async function applyMissing(receiving: Receiving, deliveries: readonly Delivery[]): Promise<number> {
  if (deliveries.length === 0) return 0
  return await receiving.database.db.transaction().execute(async (tx) => {
    const applied = await applySnapshots(tx, deliveries, helsinkiDate(receiving.clock.now()))
    await followUp(receiving, tx, applied)
    return applied.received
  })
}
