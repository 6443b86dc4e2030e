import { type ArrangeBatch, arrangeBatch, type IntakeAction, undoChange } from '@tasain/contracts'
import { type Answer, type Asked, type Door, refuse } from '@tasain/kit'
import { newId } from '@tasain/vocabulary'
import { getId, getOffice } from '../asked.ts'
import type { House } from '../house.ts'
import * as store from '../indexing/documents/arrange.store.ts'
import { type Planned, planChange, planUndo } from '../indexing/documents/arrange.ts'
import { lockBatch } from '../scanning/batch.store.ts'
import { findLastChange } from '../scanning/batch-detail.store.ts'
import type { IntakeTx, PagePlace, Schema } from '../schema.ts'
import { assertKnown } from '../tasks/tasks.work.ts'
import { hasHandedOver, isAnyRestricted, listIncomplete, lockApplications } from './application.store.ts'
import { settleApplication } from './settle.work.ts'

/** What clerks do to the pages of a batch: answer what is asked, split, join, move, leave out, and undo any of it. */
export function mountArranging(door: Door<Schema, IntakeAction>, house: Pick<House, 'db' | 'tasks'>): void {
  /** Whether it is known how the cases of the batch stand at this moment; asked only where there is one. */
  const prepare = async ({ params }: Pick<Asked, 'params'>) =>
    (await hasHandedOver(house.db, getId(params))) && (await house.tasks.catchUp())

  door.write(
    'post',
    '/batches/:id/arrange',
    'scan.settle',
    { body: arrangeBatch, prepare },
    async ({ caller, params, body, prepared: isCurrent }, tx) => {
      const batchId = await holdBatch(tx, getOffice(caller), getId(params))
      const planned = getPlan(planChange(await store.listPlacedPages(tx, batchId), body, newId))
      await assertKnown(tx, listTouched(planned), isCurrent)
      const plan = await store.reviveWithdrawn(tx, batchId, planned)
      const change = { id: newId(), batchId, kind: body.do, ...plan }
      await store.writePlaces(tx, batchId, plan.after)
      await store.insertChange(tx, change, caller.subject)
      await settleTouched(tx, batchId, plan)
      return answer({ changeId: change.id }, plan, body.do)
    },
  )

  door.write(
    'post',
    '/batches/:id/undo',
    'scan.settle',
    { body: undoChange, prepare },
    async ({ caller, params, body, prepared: isCurrent }, tx) => {
      const batchId = await holdBatch(tx, getOffice(caller), getId(params))
      const last = await findLastChange(tx, batchId)
      const change = last?.id === body.changeId ? await store.findChange(tx, body.changeId) : undefined
      if (!change) throw refuse('batch.changed')
      const planned = getPlan(planUndo(await store.listPlacedPages(tx, batchId), change))
      await assertKnown(tx, listTouched(planned), isCurrent)
      await store.markUndone(tx, body.changeId, caller.subject)
      const plan = await store.reviveWithdrawn(tx, batchId, planned)
      await store.writePlaces(tx, batchId, plan.after)
      await settleTouched(tx, batchId, plan)
      return answer({}, plan, 'undo')
    },
  )
}

/** @throws request.not_found */
async function holdBatch(tx: IntakeTx, office: string, id: string): Promise<string> {
  const batch = await lockBatch(tx, office, id)
  if (!batch) throw refuse('request.not_found')
  await lockApplications(tx, batch.id)
  return batch.id
}

type Plan = Extract<Planned, { ok: true }>
type Places = Pick<Plan, 'before' | 'after'>

/** @throws the plan's refusal */
function getPlan(planned: Planned): Plan {
  if (!planned.ok) throw refuse(planned.code)
  return planned
}

/**
 * The applications that lost or got pages; and when a cover was answered about, those that may have waited for it. What gets
 * pages from an application under non-disclosure is under it too, until a clerk says otherwise.
 */
async function settleTouched(tx: IntakeTx, batchId: string, { before, after }: Places): Promise<void> {
  const [losing, getting] = [listApplications(before), listApplications(after)]
  const touched = new Set([...losing, ...getting])
  if ([...before, ...after].some(({ holds }) => holds !== null))
    for (const id of await listIncomplete(tx, batchId)) touched.add(id)
  const isProtected = await isAnyRestricted(tx, losing)
  for (const id of touched)
    await settleApplication(tx, id, isProtected && getting.includes(id) ? { restricted: true } : {})
}

const listTouched = ({ before, after }: Places) => listApplications([...before, ...after])

const listApplications = (places: readonly PagePlace[]) => places.flatMap(({ applicationId }) => applicationId ?? [])

function answer(body: object, { after }: Places, reason: ArrangeBatch['do'] | 'undo'): Answer {
  const seen = after.map(({ pageId, applicationId }) => ({
    kind: 'page',
    id: pageId,
    reason,
    ...(applicationId !== null && { applicationId }),
  }))
  return { body, seen }
}
