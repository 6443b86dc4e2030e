import type { TaskStory } from '@tasain/contracts'
import { helsinkiDate, type IsoDate } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { summariseTask } from '../handling/held.ts'
import type { StoredTask } from '../receiving/task.store.ts'
import type { BalancerRead } from '../schema.ts'

type Step = TaskStory['steps'][number]

/** Whether the task lies, or is at home, in the district, and is of nobody under protection. */
export async function isInDistrict(read: BalancerRead, task: StoredTask, district: string | null): Promise<boolean> {
  if (task.restricted) return false
  const office = await read
    .selectFrom('office')
    .select('id')
    .where('id', 'in', [task.office_id, task.home_office_id])
    .where('district_id', '=', district ?? '')
    .executeTakeFirst()
  return office !== undefined
}

/** Whether the task is in this person's hands, or waits for papers they asked for. */
export async function isOwn(read: BalancerRead, task: StoredTask, subject: string): Promise<boolean> {
  const owners = [task.claimed_by, task.reserved_for].filter((id) => id !== null)
  if (owners.length === 0) return false
  const handler = await read
    .selectFrom('handler')
    .select('id')
    .where('subject', '=', subject)
    .where('id', 'in', owners)
    .executeTakeFirst()
  return handler !== undefined
}

/** Every step of a task's way, oldest first, from the three journals: events, moves and reservations. */
export async function readStory(read: BalancerRead, task: StoredTask, today: IsoDate): Promise<TaskStory> {
  const steps = [
    ...(await listEvents(read, task.id)),
    ...(await listMoveSteps(read, task.id)),
    ...(await listClaimSteps(read, task.id)),
  ]
  const decidedAt = steps.find(({ kind }) => kind === 'decided')?.at
  const decidedOn = decidedAt === undefined ? today : helsinkiDate(new Date(decidedAt))
  return {
    task: summariseTask(task, today, decidedOn),
    steps: steps.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)),
  }
}

async function listEvents(read: BalancerRead, taskId: string): Promise<Step[]> {
  const rows = await read
    .selectFrom('task_event')
    .leftJoin('handler', 'handler.id', 'task_event.handler_id')
    .select(['kind', 'task_event.office_id', 'note', 'happened_at', 'handler.name'])
    .where('task_id', '=', taskId)
    .orderBy('task_event.id')
    .execute()
  return rows.map((row) => ({
    at: row.happened_at.toISOString(),
    kind: row.kind,
    office: row.office_id,
    by: row.name,
    reasons: null,
    note: row.note,
  }))
}

/** All moves of a task, whoever made them, oldest first. */
export async function listMovesOf(read: BalancerRead, taskId: string) {
  return await read.selectFrom('move').selectAll().where('task_id', '=', taskId).orderBy('id').execute()
}

async function listMoveSteps(read: BalancerRead, taskId: string): Promise<Step[]> {
  const rows = await listMovesOf(read, taskId)
  return rows.map((row) => ({
    at: row.moved_at.toISOString(),
    kind: row.cause === 'recall' ? 'recalled' : 'moved',
    office: row.to_office_id,
    by: row.mover_name,
    reasons: row.reasons,
    note: row.note,
  }))
}

async function listClaimSteps(read: BalancerRead, taskId: string): Promise<Step[]> {
  const rows = await read
    .selectFrom('reservation')
    .innerJoin('handler', 'handler.id', 'reservation.handler_id')
    .select(['claimed_at', 'ended_at', 'ended_as', 'reservation.office_id', 'handler.name'])
    .where('task_id', '=', taskId)
    .orderBy('epoch')
    .execute()
  return rows.flatMap(({ claimed_at, ended_at, ended_as, office_id, name }): Step[] => {
    const step = { office: office_id, by: name, reasons: null, note: null }
    const claimed: Step = { ...step, at: claimed_at.toISOString(), kind: 'claimed' }
    if (ended_as !== 'lease_lost' || !ended_at) return [claimed]
    return [claimed, { ...step, at: ended_at.toISOString(), kind: 'lease_lost' }]
  })
}

export type Conservation = {
  accepted: number
  open: number
  claimed: number
  awaitingInformation: number
  decided: number
  withdrawn: number
}

/** Every application accepted, and where each stands now: the states add up to the first figure at every instant. */
export async function countConservation(read: BalancerRead): Promise<Conservation> {
  const { rows } = await sql<Conservation>`
    select (select count(distinct application_id) from handover)::int as accepted,
      (count(*) filter (where state = 'open'))::int as open,
      (count(*) filter (where state = 'claimed'))::int as claimed,
      (count(*) filter (where state = 'awaiting_information'))::int as "awaitingInformation",
      (count(*) filter (where state = 'decided'))::int as decided,
      (count(*) filter (where state = 'withdrawn'))::int as withdrawn
    from task`.execute(read)
  const [counts] = rows
  if (!counts) throw new Error('an aggregate gave no row')
  return counts
}
