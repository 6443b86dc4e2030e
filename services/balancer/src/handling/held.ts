import type { HeldTask, TaskSummary } from '@tasain/contracts'
import { type IsoDate, leadTimeDays } from '@tasain/vocabulary'
import type { ClaimedTask } from './claim.store.ts'

type SummarisedTask = Omit<
  ClaimedTask,
  'epoch' | 'reserved_for' | 'restricted' | 'lease_ends_at' | 'has_application' | 'holder' | 'cleared'
>

/** A task as its handler sees it; lead time ends at the decision when there is one. */
export function summariseTask(task: SummarisedTask, today: IsoDate, decidedOn: IsoDate = today): TaskSummary {
  return {
    id: task.id,
    applicationId: task.application_id,
    benefit: task.benefit,
    language: task.language,
    arrivedOn: task.arrived_on,
    dueOn: task.due_on,
    leadTimeDays: leadTimeDays(task.arrived_on, decidedOn),
    state: task.state,
    homeOffice: task.home_office_id,
    office: task.office_id,
    moved: task.office_id !== task.home_office_id,
  }
}

/** A task in a handler's hands, with the grant that opens its pages. */
export function describeHeld(task: ClaimedTask, viewGrant: string, today: IsoDate): HeldTask {
  return {
    ...summariseTask(task, today),
    epoch: task.epoch,
    leaseUntil: task.lease_ends_at.toISOString(),
    viewGrant,
    pickedBecause: task.reserved_for !== null ? 'resumed' : task.due_on < today ? 'past_due' : 'due_first',
    hasApplication: task.has_application,
  }
}
