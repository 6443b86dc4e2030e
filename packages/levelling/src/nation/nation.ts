import {
  COMING_DAYS,
  DEFAULT_PLAN_COSTS,
  type PlanComing,
  type PlanCosts,
  type PlanOffice,
  type PlanSnapshot,
  type PlanWork,
} from '@tasain/contracts/plan'
import type { WorkColumns } from './columns.ts'

/** First working day of each time bucket; the last bucket has no end. */
export const BUCKET_STARTS = [0, 1, 3, 7, 14, 23, 40] as const
/** Working days of waiting a minute in the bucket stands for. */
export const BUCKET_MIDDLES = [0.5, 2, 5, 10.5, 18.5, 31.5, 60] as const
export const BUCKETS = BUCKET_MIDDLES.length

/** Time buckets of the days for which work to come is told. */
const AHEAD = BUCKET_STARTS.flatMap((start, t) => (start > 0 && start <= COMING_DAYS ? [t] : []))

/** The time bucket that a working day lies in, 0 = today. */
export function findBucket(day: number): number {
  return BUCKET_STARTS.findLastIndex((start) => start <= day)
}

/** Working days until work comes that can be done from a time bucket on; none when it is here. */
export function daysUntil(bucket: number): number {
  return bucket > 0 ? (BUCKET_MIDDLES[bucket] ?? 0) : 0
}

/** Handlers alike in one office, with minutes in the days known. Index = place in `Nation.pools`. */
export type Pool = {
  office: number
  benefits: ReadonlySet<string>
  languages: ReadonlySet<string>
  cleared: boolean
  /** Minutes in each time bucket; the last one is Infinity. */
  minutes: number[]
}

/** The snapshot by index; every array over offices runs in the snapshot's order. */
export type Nation = {
  offices: readonly PlanOffice[]
  officeIndex: ReadonlyMap<string, number>
  /** By office; those of office o stand from poolFirst[o] to poolFirst[o + 1]. */
  pools: Pool[]
  poolFirst: Int32Array
  /** Pools without any minutes in the days known: they can take nothing, but explain why. */
  idle: Pool[]
  /** The snapshot's rows of open work. */
  rows: readonly PlanWork[]
  /** Minutes per working day of each office. */
  rate: Float64Array
  /** Open minutes of each office, bound ones included. */
  open: Float64Array
  /** The same without protected work: what whoever asks may be told. */
  toldOpen: Float64Array
  /**
   * Days of work likely to come in at each office in the days ahead, by the hands of those days; null = nobody is there. Undefined
   * when nothing is told of it.
   */
  comingDays: (number | null)[] | undefined
  costs: PlanCosts
  /** Mean effort minutes of a task: all minutes ÷ all tasks. */
  meanTask: number
}

export function buildNation(snapshot: PlanSnapshot, work: WorkColumns): Nation {
  const officeIndex = new Map(snapshot.offices.map((office, i) => [office.id, i]))
  const rate = new Float64Array(snapshot.offices.length)
  const open = new Float64Array(snapshot.offices.length)
  const toldOpen = new Float64Array(snapshot.offices.length)
  for (const pool of snapshot.pools) addAt(rate, officeIndex.get(pool.office), pool.minutesPerDay)
  const here = work.minutes.subarray(0, snapshot.work.length)
  here.forEach((minutes, row) => {
    addAt(open, work.office[row], minutes)
    if (((work.flags[row] ?? 0) & 2) === 0) addAt(toldOpen, work.office[row], minutes)
  })
  const minutes = sum(here)
  const tasks = sum(work.tasks)
  const all = mergePools(snapshot, officeIndex)
  const pools = all.filter((pool) => hasMinutes(pool))
  return {
    offices: snapshot.offices,
    officeIndex,
    pools,
    poolFirst: indexByOffice(
      pools.map(({ office }) => office),
      snapshot.offices.length,
    ),
    idle: all.filter((pool) => !hasMinutes(pool)),
    rows: snapshot.work,
    rate,
    open,
    toldOpen,
    comingDays: countComingDays(snapshot.coming ?? [], officeIndex, pools),
    costs: mergeCosts(snapshot.costs),
    meanTask: tasks > 0 && minutes > 0 ? minutes / tasks : 30,
  }
}

/** It is told to whoever asks why a task moved, and so says nothing of work under protection. */
function countComingDays(
  rows: readonly PlanComing[],
  officeIndex: ReadonlyMap<string, number>,
  pools: readonly Pool[],
): (number | null)[] | undefined {
  const told = rows.filter((row) => !row.protected)
  if (told.length === 0) return undefined
  const minutes = new Float64Array(officeIndex.size)
  const hands = new Float64Array(officeIndex.size)
  for (const row of told) addAt(minutes, officeIndex.get(row.office), row.minutes)
  for (const pool of pools) for (const t of AHEAD) addAt(hands, pool.office, pool.minutes[t] ?? 0)
  return Array.from(minutes, (sum, office) => countQueueDays(sum, (hands[office] ?? 0) / COMING_DAYS))
}

/** Where each office's part of a list in the order of offices begins; one entry more for the end. */
export function indexByOffice(offices: readonly number[], count: number): Int32Array {
  const first = new Int32Array(count + 1)
  for (const office of offices) first[office + 1] = (first[office + 1] ?? 0) + 1
  for (let office = 0; office < count; office++) first[office + 1] = (first[office + 1] ?? 0) + (first[office] ?? 0)
  return first
}

/** Great circle × 1.3, in kilometres. */
export function measureKilometres(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const rad = Math.PI / 180
  const sinLat = Math.sin(((b.lat - a.lat) * rad) / 2)
  const sinLon = Math.sin(((b.lon - a.lon) * rad) / 2)
  const h = sinLat * sinLat + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * sinLon * sinLon
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(h))) * 1.3
}

/** Queue days with one decimal; null = endless, the office has no minutes. */
export function countQueueDays(minutes: number, rate: number): number | null {
  return rate > 0 ? Math.round((minutes * 10) / rate) / 10 : null
}

function mergeCosts(given: PlanSnapshot['costs']): PlanCosts {
  const base = DEFAULT_PLAN_COSTS
  return {
    fixed: given?.fixed ?? base.fixed,
    district: given?.district ?? base.district,
    region: given?.region ?? base.region,
    km: given?.km ?? base.km,
    far: given?.far ?? base.far,
    lateDay: given?.lateDay ?? base.lateDay,
    waitDay: given?.waitDay ?? base.waitDay,
  }
}

/** Pools of the same office, skills, languages and clearance are one: lossless, and the network shrinks. */
function mergePools(snapshot: PlanSnapshot, officeIndex: ReadonlyMap<string, number>): Pool[] {
  const merged = new Map<string, Pool>()
  for (const pool of snapshot.pools) {
    const office = officeIndex.get(pool.office) ?? -1
    const benefits = [...new Set(pool.benefits)].sort()
    const languages = [...new Set(pool.languages)].sort()
    const cleared = pool.cleared ?? false
    const key = JSON.stringify([office, benefits, languages, cleared])
    const minutes = fillBuckets(pool.minutesPerDay, pool.minutesByDay ?? [])
    const found = merged.get(key)
    if (found === undefined)
      merged.set(key, { office, benefits: new Set(benefits), languages: new Set(languages), cleared, minutes })
    else found.minutes = found.minutes.map((sum, t) => sum + (minutes[t] ?? 0))
  }
  return [...merged.values()].sort((a, b) => a.office - b.office)
}

/** Day 0 is today; beyond the days known the last of them stands. An endless last bucket needs any minutes at all. */
function fillBuckets(today: number, coming: readonly number[]): number[] {
  const last = coming.at(-1) ?? today
  const day = (i: number): number => (i === 0 ? today : (coming[i - 1] ?? last))
  const minutes = BUCKET_STARTS.map((start, t) => {
    let sum = 0
    for (let i = start; i < (BUCKET_STARTS[t + 1] ?? start); i++) sum += day(i)
    return sum
  })
  const known = today > 0 || coming.some((value) => value > 0)
  minutes[BUCKETS - 1] = known ? Number.POSITIVE_INFINITY : 0
  return minutes
}

function hasMinutes(pool: Pool): boolean {
  return pool.minutes.some((minutes) => minutes > 0)
}

function sum(values: Float64Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}

function addAt(sums: Float64Array, index: number | undefined, value: number): void {
  if (index !== undefined) sums[index] = (sums[index] ?? 0) + value
}
