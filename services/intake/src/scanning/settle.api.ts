import { type IntakeAction, settleScan } from '@tasain/contracts'
import { type Door, refuse } from '@tasain/kit'
import { newId } from '@tasain/vocabulary'
import type { Selectable } from 'kysely'
import type * as z from 'zod'
import { getId, getOffice } from '../asked.ts'
import type { House } from '../house.ts'
import { readPage, turnDue } from '../queues.ts'
import type { IntakeTx, Schema } from '../schema.ts'
import { listHandedOverOf } from '../tasks/standing.store.ts'
import { assertOpen } from '../tasks/tasks.work.ts'
import { getBatchRow } from './batch.store.ts'
import { insertApplication } from './new-application.store.ts'
import { getScan, lockScan } from './scan.store.ts'
import { admitDuplicate, listApplicationsOf, markSettled, putBack, reopenApplications } from './settle.store.ts'

/** POST /scans/:id/settle: what becomes of a duplicate, or of pages that were set aside. */
export function mountSettle(
  door: Door<Schema, IntakeAction>,
  { db, jobs, tasks }: Pick<House, 'db' | 'jobs' | 'tasks'>,
): void {
  const planReading = async (tx: IntakeTx, pages: readonly string[]) => {
    if (pages.length > 0) await jobs.plan(tx, turnDue, { queue: readPage })
  }

  /** Whether it is known how the cases of pages to be read again stand at this moment. */
  const prepare = async ({ params, body }: { params: Record<string, string>; body: z.output<typeof settleScan> }) => {
    if (body.as !== 'read_again') return false
    return (
      (await listHandedOverOf(db, await listApplicationsOf(db, getId(params)))).length > 0 && (await tasks.catchUp())
    )
  }

  door.write('post', '/scans/:id/settle', 'scan.settle', { body: settleScan, prepare }, async (asked, tx) => {
    const { caller, params, body, prepared: isCurrent } = asked
    const id = getId(params)
    const scan = await lockScan(tx, getOffice(caller), id)
    if (!scan) throw refuse('request.not_found')
    if (body.as === 'read_again') {
      for (const applicationId of await listApplicationsOf(tx, id)) await assertOpen(tx, applicationId, isCurrent)
      const pages = await putBack(tx, id)
      if (pages.length === 0) throw refuse('scan.not_waiting')
      await reopenApplications(tx, id)
      await planReading(tx, pages)
    } else {
      assertMaySettle(scan, body.as)
      await markSettled(tx, id, body.as === 'undecided' ? null : body.as)
      if (body.as === 'new') {
        const applicationId = newId()
        await insertApplication(tx, applicationId, await getBatchRow(tx, scan.batch_id))
        await planReading(tx, await admitDuplicate(tx, id, applicationId))
      }
    }
    const state = body.as === 'duplicate' || body.as === 'undecided' ? 'duplicate' : 'stored'
    return { body: { state, scan: await getScan(tx, id) }, seen: [{ kind: 'scan', id, reason: body.as }] }
  })
}

/** What was confirmed as a duplicate may be thought over; what is read as new can no longer. */
function assertMaySettle(
  scan: Pick<Selectable<Schema['scan']>, 'duplicate_of' | 'settled_as'>,
  as: 'new' | 'duplicate' | 'undecided',
): void {
  const isDecided = scan.settled_as !== null
  if (scan.duplicate_of === null || scan.settled_as === 'new') throw refuse('scan.not_waiting')
  if ((as === 'undecided') !== isDecided && as !== 'new') throw refuse('scan.not_waiting')
}
