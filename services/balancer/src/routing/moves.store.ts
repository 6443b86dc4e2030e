import type { Move, MoveList } from '@tasain/contracts'
import { addDays, type IsoDate, startOfHelsinkiDay } from '@tasain/vocabulary'
import type { Counted } from '../load/load.store.ts'
import type { BalancerRead } from '../schema.ts'

export type MoveFilter = {
  day: IsoDate
  /** Only moves that leave or enter this district. */
  district: string | undefined
  from?: string | undefined
  to?: string | undefined
} & Counted

const singleLimit = 500

const way = ['move.cause', 'move.from_office_id', 'move.to_office_id', 'move.benefit', 'move.language'] as const

/**
 * The moves of one day in Helsinki, summed by cause and by who gave what to whom. The reasons of the planner's sends are those of the latest of each.
 */
export async function listFlows(read: BalancerRead, filter: MoveFilter): Promise<MoveList['flows']> {
  const rows = await counted(moves(read, filter), filter)
    .distinctOn([...way])
    .select(({ fn }) => [
      fn
        .countAll<number>()
        .over((over) => over.partitionBy([...way]))
        .as('tasks'),
      fn
        .sum<number>('move.minutes')
        .over((over) => over.partitionBy([...way]))
        .as('minutes'),
    ])
    .select([...way, 'move.reasons'])
    .orderBy('move.cause')
    .orderBy('move.from_office_id')
    .orderBy('move.to_office_id')
    .orderBy('move.benefit')
    .orderBy('move.language')
    .orderBy('move.moved_at', 'desc')
    .execute()
  return rows.map((row) => ({
    cause: row.cause,
    from: row.from_office_id,
    to: row.to_office_id,
    benefit: row.benefit,
    language: row.language,
    tasks: Number(row.tasks),
    minutes: Number(row.minutes),
    reasons: row.reasons,
  }))
}

/** Single moves, newest first, at most 500; none of people under protection. */
export async function listMoves(read: BalancerRead, filter: MoveFilter): Promise<Move[]> {
  const rows = await counted(moves(read, filter), { restricted: false })
    .selectAll('move')
    .orderBy('move.moved_at', 'desc')
    .limit(singleLimit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    taskId: row.task_id,
    cause: row.cause,
    planId: row.plan_id,
    from: row.from_office_id,
    to: row.to_office_id,
    benefit: row.benefit,
    language: row.language,
    movedAt: row.moved_at.toISOString(),
    reasons: row.reasons,
    note: row.note,
    by: row.mover_name,
  }))
}

/** How many tasks came in and went out of each office on a day. */
export async function countMoved(
  read: BalancerRead,
  day: IsoDate,
  { restricted }: Counted,
): Promise<{ into: ReadonlyMap<string, number>; outOf: ReadonlyMap<string, number> }> {
  const rows = await counted(moves(read, { day, district: undefined }), { restricted })
    .select(['move.from_office_id', 'move.to_office_id'])
    .select(({ fn }) => fn.countAll<number>().as('tasks'))
    .groupBy(['move.from_office_id', 'move.to_office_id'])
    .execute()
  const into = new Map<string, number>()
  const outOf = new Map<string, number>()
  for (const { from_office_id: from, to_office_id: to, tasks } of rows) {
    into.set(to, (into.get(to) ?? 0) + Number(tasks))
    outOf.set(from, (outOf.get(from) ?? 0) + Number(tasks))
  }
  return { into, outOf }
}

/** Moves of restricted tasks are left out unless they count. */
function counted(of: ReturnType<typeof moves>, { restricted }: Counted) {
  const all = of.innerJoin('task', 'task.id', 'move.task_id')
  return restricted ? all : all.where('task.restricted', '=', false)
}

function moves(read: BalancerRead, { day, district, from, to }: Omit<MoveFilter, keyof Counted>) {
  let query = read
    .selectFrom('move')
    .where('move.moved_at', '>=', startOfHelsinkiDay(day))
    .where('move.moved_at', '<', startOfHelsinkiDay(addDays(day, 1)))
  if (from !== undefined) query = query.where('move.from_office_id', '=', from)
  if (to !== undefined) query = query.where('move.to_office_id', '=', to)
  if (district === undefined) return query
  const offices = read.selectFrom('office').select('id').where('district_id', '=', district)
  return query.where((eb) => eb.or([eb('move.from_office_id', 'in', offices), eb('move.to_office_id', 'in', offices)]))
}
