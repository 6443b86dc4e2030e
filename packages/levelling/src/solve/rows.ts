import type { Limit } from '../nation/limits.ts'
import type { Block } from '../nation/rules.ts'
import type { MasterRow } from './master.ts'
import type { Model, Problem } from './model.ts'
import type { Surcharge } from './pricing.ts'

/** A limit's ceiling, or the order in it. */
export type Row = MasterRow & { limit: Limit }

/** All rows, and the places of those that each way (from × offices + to) comes under. */
export type Rows = { list: Row[]; byWay: Map<number, number[]> }

export function listRows({ units }: Problem, limits: readonly Limit[]): Rows {
  const list = limits.flatMap((limit) => {
    const rows: Row[] = limit.most > 0 ? [{ most: limit.most, limit }] : []
    if (limit.least > 0) rows.push({ least: limit.least, penalty: units.stuck, limit })
    return rows
  })
  const byWay = new Map<number, number[]>()
  list.forEach(({ limit }, r) => {
    for (const way of limit.ways) {
      const known = byWay.get(way)
      if (known === undefined) byWay.set(way, [r])
      else known.push(r)
    }
  })
  return { list, byWay }
}

/** Minutes over each row's ways; `minutes` by transfer. */
export function sumUse({ transfers }: Model, { list, byWay }: Rows, minutes: Float64Array): number[] {
  const use = list.map(() => 0)
  minutes.forEach((flow, i) => {
    if (flow > 0) for (const r of byWay.get(transfers.way[i] ?? -1) ?? []) use[r] = (use[r] ?? 0) + flow
  })
  return use
}

/** How the bound rises with the row's price. */
export function slopeOf(row: MasterRow, use: number): number {
  return 'least' in row ? row.least - use : use - row.most
}

/** Each row's price on each of its ways; ordered work is a price paid out. */
export function spreadPrices({ nation }: Problem, { list }: Rows, prices: readonly number[]): Surcharge {
  const surcharge = new Float64Array(nation.offices.length ** 2)
  list.forEach((row, r) => {
    const price = ('least' in row ? -1 : 1) * (prices[r] ?? 0)
    if (price !== 0) for (const way of row.limit.ways) surcharge[way] = (surcharge[way] ?? 0) + price
  })
  return surcharge
}

/** Closes every way under a row to arcs not there yet. */
export function closeWays({ nation }: Problem, { byWay }: Rows): Surcharge {
  const surcharge = new Float64Array(nation.offices.length ** 2)
  for (const way of byWay.keys()) surcharge[way] = Number.POSITIVE_INFINITY
  return surcharge
}

/** The prices as lines of a basis: `L` a ceiling's, `N` an order's, by rule and office. */
export function writePrices({ list }: Rows, prices: readonly number[]): string[] {
  return list.map((row, r) => `${nameRow(row)} ${prices[r] ?? 0}`)
}

export function readPrices({ list }: Rows, lines: readonly string[]): number[] {
  const known = new Map<string, number>()
  for (const line of lines) {
    const at = line.lastIndexOf(' ')
    if (line.startsWith('L ') || line.startsWith('N ')) known.set(line.slice(0, at), Number(line.slice(at + 1)))
  }
  return list.map((row) => {
    const price = known.get(nameRow(row)) ?? 0
    const most = 'least' in row ? row.penalty : Number.MAX_SAFE_INTEGER
    return Number.isSafeInteger(price) ? Math.min(Math.max(0, price), most) : 0
  })
}

function nameRow(row: Row): string {
  return `${'least' in row ? 'N' : 'L'} ${JSON.stringify([row.limit.rule, row.limit.at])}`
}

/** The limits that are used up, by way. */
export function listFull({ list }: Rows, use: readonly number[]): Map<number, Block[]> {
  const full = new Map<number, Block[]>()
  list.forEach((row, r) => {
    if ('least' in row || (use[r] ?? 0) < row.most) return
    const { code, rule, ways } = row.limit
    for (const way of ways) full.set(way, [...(full.get(way) ?? []), { code, rule }])
  })
  return full
}
