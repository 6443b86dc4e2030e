import { checkAccessLog, isOutage } from '@tasain/kit'
import { ENGINE } from '@tasain/levelling'
import type { Receiving } from '../receiving/receiving.work.ts'
import { type Reconciliation, reconcile } from '../receiving/reconcile.work.ts'
import { findRecord, stripTime } from '../routing/plan.store.ts'
import { planInThread } from '../routing/planner.work.ts'
import type { BalancerDoor, BalancerRead } from '../schema.ts'
import {
  type Check,
  checkConservation,
  checkMoves,
  checkOneTask,
  checkOpenWork,
  checkReservations,
} from './verify.store.ts'

export type Verifying = { receiving: Receiving; accessLogKey: string; accessLogHeadFile: string }

const namedFaults = 20

/** GET /verify: whether what must always hold does, and where it does not. */
export function mountVerify(door: BalancerDoor, verifying: Verifying): void {
  door.list('/verify', 'record.verify', {}, async () => {
    const { db } = verifying.receiving.database
    // One moment for all: between two statements a task may be taken or decided.
    const inside = await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (tx) => [
        await checkConservation(tx),
        await checkOneTask(tx),
        await checkMoves(tx),
        await checkReservations(tx),
        await checkOpenWork(tx),
      ])
    const { accessLogHeadFile, accessLogKey } = verifying
    const accessLog = await checkAccessLog(db, accessLogHeadFile, accessLogKey)
    const checks = [accessLog, ...inside, await checkLastPlan(db), await checkHandOver(verifying)]
    return { ok: checks.every(({ faults }) => faults.length === 0), checks }
  })
}

/** The last plan that sent anything, made once more from what is kept, is the same to the byte. */
async function checkLastPlan(read: BalancerRead): Promise<Check> {
  const name = 'last plan made again'
  const last = await findRecord(read, { sends: true })
  const earlier = last && (await findRecord(read, { sends: true, before: last.id }))
  const from = last?.plan.basis.from
  const isComplete = from === undefined || earlier?.plan.basis.snapshot === from
  // An engine of another version may well plan otherwise.
  if (!last || !isComplete || last.plan.basis.engine !== ENGINE) return { name, counted: 0, faults: [] }
  const again = await planInThread(last.snapshot, from === undefined ? undefined : earlier?.plan.basis)
  const isSame = JSON.stringify(stripTime(again)) === JSON.stringify(last.plan)
  return { name, counted: 1, faults: isSame ? [] : [`Plan ${last.id} comes out otherwise when it is made again.`] }
}

async function checkHandOver({ receiving }: Verifying): Promise<Check> {
  const name = 'hand-over from intake'
  try {
    const reconciliation = await reconcile(receiving)
    return { name, counted: reconciliation.compared, faults: describeDifference(reconciliation) }
  } catch (error) {
    if (isOutage(error)) throw error
    receiving.log.warn({ error }, 'the houses could not be compared')
    return { name, counted: 0, faults: ['Intake is out of reach, so the houses could not be compared.'] }
  }
}

function describeDifference({ missing, unknown }: Reconciliation): string[] {
  return [
    ...missing.map(({ applicationId, version }) => `Version ${version} of application ${applicationId} was missing.`),
    ...unknown.map((applicationId) => `Intake does not know application ${applicationId}.`),
  ].slice(0, namedFaults)
}
