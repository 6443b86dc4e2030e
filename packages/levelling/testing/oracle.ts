// The same optimum by other means: one variable per row of work, pool and time bucket, all arcs, no merging, HiGHS.
import type { PlanComing, PlanOffice, PlanSnapshot, PlanWork } from '@tasain/contracts'
import { DEFAULT_PLAN_COSTS } from '@tasain/contracts'
import highsModule from 'highs'
import { buildProblem } from '../src/plan.ts'
import { findBan, isHeldAt, isUnderQuota } from './checker.ts'

const STARTS = [0, 1, 3, 7, 14, 23, 40]
const MIDDLES = [0.5, 2, 5, 10.5, 18.5, 31.5, 60]

/** `counts`: 1 when it is open work that moves. */
type Column = {
  name: string
  row: number
  pool: number
  bucket: number
  from: string
  to: string
  cost: number
  counts: number
}
type Row = Omit<PlanWork, 'tasks'> & { inDays?: number }

/** What lies there, then what is to come where somebody can do it. */
function listRows(snapshot: PlanSnapshot): Row[] {
  const offices = new Map(snapshot.offices.map((office) => [office.id, office]))
  const comes = (row: PlanComing) =>
    snapshot.pools.some((pool) => {
      const [from, to] = [offices.get(row.office), offices.get(pool.office)]
      if (from === undefined || to === undefined || !isAble(pool, row) || capacityOf(pool, 6) === 0) return false
      return from === to || (findBan(snapshot, from, to, row) === undefined && !isLimited(snapshot, from, to))
    })
  return [...snapshot.work, ...(snapshot.coming ?? []).filter(comes)]
}

function isAble(pool: PlanSnapshot['pools'][number], work: Row): boolean {
  if (work.protected && !pool.cleared) return false
  return pool.benefits.includes(work.benefit) && pool.languages.includes(work.language)
}

/** True where a limit counts what is sent: work to come does not go there. */
function isLimited(snapshot: PlanSnapshot, from: PlanOffice, to: PlanOffice): boolean {
  return snapshot.rules.some((rule) => {
    if (rule.kind === 'quota') return isUnderQuota(snapshot, rule, { from: from.id, to: to.id })
    if (rule.kind === 'shareOut') return isHeldAt(snapshot, rule, from)
    return rule.kind === 'shareIn' && isHeldAt(snapshot, rule, to)
  })
}

export type Optimum = { objective: number; moved: number }

/**
 * The optimum of the snapshot: cost in thousandths of an effort minute of all work that can be done, and minutes moved; with
 * limits ordered work counts too, at the planner's price for each minute that is not placed. Undefined when limits leave work
 * over that nobody at home can do.
 */
export async function solveByHighs(snapshot: PlanSnapshot, withLimits = false): Promise<Optimum | undefined> {
  const columns = listColumns(snapshot)
  const orders = withLimits ? listOrders(snapshot, columns, buildProblem(snapshot).units.stuck) : []
  const highs = await loadHighs()
  const lines = [...groupRows(snapshot, columns), ...groupCapacities(snapshot, columns)]
  if (withLimits) lines.push(...groupLimits(snapshot, columns), ...orders.map(({ line }) => line))
  // Any simple cycle meets each row of work once, so a scale above the rows settles cost first and moves second.
  const scale = snapshot.work.length + (snapshot.coming?.length ?? 0) + 2
  const priced = [...columns, ...orders.map(({ unmet }) => unmet)]
  const terms = priced.map((c) => `${c.cost * scale + c.counts} ${c.name}`)
  const text = `Minimize\n obj: ${wrap(terms)}\nSubject To\n${lines.join('\n')}\nEnd\n`
  const solution = columns.length === 0 ? undefined : highs.solve(text, { output_flag: false })
  if (solution?.Status === 'Infeasible') return undefined
  if (solution !== undefined && solution.Status !== 'Optimal') throw new Error(`HiGHS: ${solution.Status}`)
  let objective = 0
  let moved = 0
  for (const column of priced) {
    const found = solution?.Columns[column.name]
    const minutes = found !== undefined && 'Primal' in found ? found.Primal : 0
    objective += minutes * column.cost
    moved += minutes * column.counts
  }
  return { objective, moved }
}

/** A fresh HiGHS. The package's types describe its CommonJS face, Node loads the other one: look what really came. */
export async function loadHighs(): ReturnType<typeof highsModule.default> {
  const isLoader = (value: unknown): value is typeof highsModule.default => typeof value === 'function'
  const loaded: unknown = highsModule
  if (!isLoader(loaded)) throw new TypeError('highs: no loader')
  return await loaded()
}

function listColumns(snapshot: PlanSnapshot): Column[] {
  const offices = new Map(snapshot.offices.map((office) => [office.id, office]))
  const meanTask = total(snapshot.work, 'minutes') / total(snapshot.work, 'tasks')
  const columns: Column[] = []
  listRows(snapshot).forEach((work, row) => {
    const from = offices.get(work.office)
    if (from === undefined) return
    snapshot.pools.forEach((pool, p) => {
      const to = offices.get(pool.office)
      if (to === undefined || !isAble(pool, work)) return
      if (from !== to && (work.movable === false || findBan(snapshot, from, to, work) !== undefined)) return
      const move = from === to ? 0 : Math.round((priceWay(snapshot, from, to) * 1000) / meanTask)
      if (from !== to && work.inDays !== undefined && isLimited(snapshot, from, to)) return
      const counts = from === to || work.inDays !== undefined ? 0 : 1
      MIDDLES.forEach((_, bucket) => {
        if (capacityOf(pool, bucket) === 0 || bucket < findBucket(work)) return
        const cost = move + Math.round((priceWait(snapshot, work, bucket) * 1000) / meanTask)
        columns.push({ name: `x${row}_${p}_${bucket}`, row, pool: p, bucket, from: from.id, to: to.id, cost, counts })
      })
    })
  })
  return columns
}

function findBucket({ inDays = 0 }: Row): number {
  return STARTS.filter((start) => start <= inDays).length - 1
}

function priceWait(snapshot: PlanSnapshot, work: Row, bucket: number): number {
  const office = snapshot.offices.find(({ id }) => id === work.office)
  const factors = snapshot.rules.flatMap((rule) =>
    rule.kind === 'weight' && rule.benefit === work.benefit && office !== undefined && isHeldAt(snapshot, rule, office)
      ? [rule.factor]
      : [],
  )
  const base = snapshot.benefits?.find(({ id }) => id === work.benefit)?.weight ?? 1
  const weight = base * (factors.length > 0 ? Math.max(...factors) : 1)
  const days = work.slackDays - (work.inDays ?? 0)
  const grouped = days <= 0 ? 0 : days <= 4 ? 2 : days <= 10 ? 7 : 15
  const arrived = work.inDays === undefined ? 0 : (MIDDLES[findBucket(work)] ?? 0)
  const slack = grouped + arrived
  const { lateDay, waitDay } = { ...DEFAULT_PLAN_COSTS, ...snapshot.costs }
  const middle = MIDDLES[bucket] ?? 0
  return weight * (lateDay ?? 0) * Math.max(0, middle - slack) + (waitDay ?? 0) * Math.max(0, middle - arrived)
}

type Place = { lat: number; lon: number; district: string; region: string }

function priceWay(snapshot: PlanSnapshot, a: Place, b: Place): number {
  const { fixed, district, region, km, far } = { ...DEFAULT_PLAN_COSTS, ...snapshot.costs }
  const [p, q, dp, dl] = [a.lat, b.lat, b.lat - a.lat, b.lon - a.lon].map((degrees) => (degrees * Math.PI) / 180)
  if (p === undefined || q === undefined || dp === undefined || dl === undefined) throw new RangeError('no place')
  const h = Math.sin(dp / 2) ** 2 + Math.cos(p) * Math.cos(q) * Math.sin(dl / 2) ** 2
  const length = 1.3 * 2 * 6371 * Math.asin(Math.sqrt(h))
  const border = a.region === b.region ? (a.district === b.district ? 0 : district) : region
  const hundreds = length / 100
  return (fixed ?? 0) + (border ?? 0) + (km ?? 0) * hundreds * (1 + ((far ?? 0) / 100) * hundreds)
}

function capacityOf(pool: PlanSnapshot['pools'][number], bucket: number): number {
  const days = [pool.minutesPerDay, ...(pool.minutesByDay ?? [])]
  if (bucket === 6) return days.some((minutes) => minutes > 0) ? Number.POSITIVE_INFINITY : 0
  let minutes = 0
  for (let day = STARTS[bucket] ?? 0; day < (STARTS[bucket + 1] ?? 0); day++) minutes += days[day] ?? days.at(-1) ?? 0
  return minutes
}

function groupRows(snapshot: PlanSnapshot, columns: readonly Column[]): string[] {
  const rows = listRows(snapshot)
  return [...groupBy(columns, (c) => c.row)].map(
    ([row, members]) => ` w${row}: ${wrap(members.map((c) => c.name))} = ${rows[row]?.minutes}`,
  )
}

function groupCapacities(snapshot: PlanSnapshot, columns: readonly Column[]): string[] {
  return [...groupBy(columns, (c) => c.pool * 7 + c.bucket)].flatMap(([key, members]) => {
    const pool = snapshot.pools[Math.floor(key / 7)]
    const capacity = pool === undefined ? 0 : capacityOf(pool, key % 7)
    return Number.isFinite(capacity) ? [` c${key}: ${wrap(members.map((c) => c.name))} <= ${capacity}`] : []
  })
}

function groupLimits(snapshot: PlanSnapshot, columns: readonly Column[]): string[] {
  const moves = columns.filter(({ counts }) => counts === 1)
  const lines: string[] = []
  const limit = (members: readonly Column[], most: number) => {
    if (members.length > 0)
      lines.push(` l${lines.length}: ${wrap(members.map((c) => c.name))} <= ${Math.floor(most + 1e-9)}`)
  }
  for (const rule of snapshot.rules) {
    if (rule.kind === 'quota')
      limit(
        moves.filter((c) => isUnderQuota(snapshot, rule, c)),
        rule.minutesPerMonth,
      )
    if (rule.kind !== 'shareOut' && rule.kind !== 'shareIn') continue
    for (const office of snapshot.offices.filter((each) => isHeldAt(snapshot, rule, each))) {
      const out = rule.kind === 'shareOut'
      const own = <T extends { office: string }>(list: readonly T[]) => list.filter((each) => each.office === office.id)
      const base = out ? total(own(snapshot.work), 'minutes') : total(own(snapshot.pools), 'minutesPerDay')
      limit(
        moves.filter((c) => (out ? c.from : c.to) === office.id),
        rule.max * base,
      )
    }
  }
  return lines
}

/** What is not placed of each order, and the row it stands in. */
function listOrders(
  snapshot: PlanSnapshot,
  columns: readonly Column[],
  cost: number,
): { unmet: Column; line: string }[] {
  return snapshot.rules.flatMap((rule, r) => {
    const isInForce = (rule.from ?? snapshot.at) <= snapshot.at && (rule.to ?? snapshot.at) >= snapshot.at
    if (rule.kind !== 'quota' || !rule.minMinutes || !isInForce) return []
    const unmet = { name: `u${r}`, row: -1, pool: -1, bucket: -1, from: '', to: '', cost, counts: 0 }
    const members = columns.filter((c) => c.counts === 1 && isUnderQuota(snapshot, rule, c)).map((c) => c.name)
    return [{ unmet, line: ` o${r}: ${wrap([...members, unmet.name])} >= ${rule.minMinutes}` }]
  })
}

function wrap(terms: readonly string[]): string {
  return terms.map((term, i) => (i % 20 === 19 ? `+ ${term}\n` : `+ ${term}`)).join(' ')
}

function groupBy(columns: readonly Column[], key: (column: Column) => number): Map<number, Column[]> {
  const groups = new Map<number, Column[]>()
  for (const column of columns) groups.set(key(column), [...(groups.get(key(column)) ?? []), column])
  return groups
}

function total<K extends string>(rows: readonly Record<K, number>[], key: K): number {
  return rows.reduce((sum, row) => sum + row[key], 0)
}
