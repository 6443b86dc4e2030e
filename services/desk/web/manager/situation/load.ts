import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { LoadTable, OfficeLoad, PlanningState, PlanSummary } from '@tasain/contracts'
import { getJson, postJson } from '../../shell/server/client.ts'
import { polling } from '../../shell/server/queries.ts'
import { useSending } from '../../shell/server/sending.ts'

/** A row of the table, an office or the offices of a district taken together. */
export type LoadRow = {
  id: string
  district: string
  openTasks: number
  openMinutes: number
  minutesPerDay: number
  /** Null: work waits and nobody is there to do it. */
  queueDays: number | null
  pastDue: number
  movedIn: number
  movedOut: number
  exportClosed: number
  importClosed: number
}

export function useLoad() {
  return useQuery({
    queryKey: ['load'],
    queryFn: ({ signal }) => getJson<LoadTable>('/balancer/load', { signal }),
    refetchInterval: polling.live,
  })
}

export function useLatestPlan() {
  return useQuery({
    queryKey: ['plan'],
    queryFn: ({ signal }) => getJson<PlanSummary>('/balancer/plans/latest', { signal }),
    refetchInterval: polling.live,
  })
}

/** Stops levelling in the whole nation, or starts it. */
export function useSwitchPlanning() {
  const queries = useQueryClient()
  return useSending(
    (input: { on: boolean; reason: string }, key, signal) =>
      postJson<PlanningState>('/balancer/plans/switch', input, { key, signal }),
    () => queries.invalidateQueries({ queryKey: ['plan'] }),
  )
}

export function toRow(load: OfficeLoad): LoadRow {
  return {
    id: load.office,
    district: load.district,
    openTasks: load.openTasks,
    openMinutes: load.openMinutes,
    minutesPerDay: load.minutesPerDay,
    queueDays: load.queueDays,
    pastDue: load.pastDue,
    movedIn: load.movedInToday,
    movedOut: load.movedOutToday,
    exportClosed: load.exportClosed ? 1 : 0,
    importClosed: load.importClosed ? 1 : 0,
  }
}

/** Rows taken together under one id; queue days anew from the sums. */
export function sumRows(id: string, district: string, rows: readonly LoadRow[]): LoadRow {
  const sum = (read: (row: LoadRow) => number) => rows.reduce((total, row) => total + read(row), 0)
  const openMinutes = sum((row) => row.openMinutes)
  const minutesPerDay = sum((row) => row.minutesPerDay)
  return {
    id,
    district,
    openTasks: sum((row) => row.openTasks),
    openMinutes,
    minutesPerDay,
    queueDays: countQueueDays(openMinutes, minutesPerDay),
    pastDue: sum((row) => row.pastDue),
    movedIn: sum((row) => row.movedIn),
    movedOut: sum((row) => row.movedOut),
    exportClosed: sum((row) => row.exportClosed),
    importClosed: sum((row) => row.importClosed),
  }
}

/** One row a district, in the order in which they first come. */
export function sumByDistrict(rows: readonly LoadRow[]): LoadRow[] {
  return [...Map.groupBy(rows, ({ district }) => district)].map(([district, own]) => sumRows(district, district, own))
}

export type SortKey = Exclude<keyof LoadRow, 'district' | 'openMinutes' | 'exportClosed' | 'importClosed'>

/** Rows by one column; endless queues count as the longest. `name` gives what `id` is called. */
export function sortRows(
  rows: readonly LoadRow[],
  key: SortKey,
  isDescending: boolean,
  name: (id: string) => string,
): LoadRow[] {
  const sign = isDescending ? -1 : 1
  const read = (row: LoadRow) => (key === 'id' ? 0 : (row[key] ?? Number.MAX_VALUE))
  return rows.toSorted((a, b) =>
    key === 'id' ? sign * name(a.id).localeCompare(name(b.id), 'fi') : sign * (read(a) - read(b)),
  )
}

function countQueueDays(openMinutes: number, minutesPerDay: number): number | null {
  if (openMinutes === 0) return 0
  return minutesPerDay === 0 ? null : openMinutes / minutesPerDay
}
