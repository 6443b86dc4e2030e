import type { Delay } from './classes.ts'
import { BUCKET_MIDDLES, daysUntil, measureKilometres, type Nation } from './nation.ts'

/** Prices per effort minute in whole thousandths of an effort minute. */
export type UnitCosts = {
  /** Of sending, by from × offices + to. */
  move: Float64Array
  /** Of waiting, by delay and time bucket. */
  wait: number[][]
  /** Of work nobody permitted can do: above anything else a minute can cost. */
  stuck: number
}

export function buildUnitCosts(nation: Nation, delays: readonly Delay[]): UnitCosts {
  const n = nation.offices.length
  const move = new Float64Array(n * n)
  let dearest = 0
  for (let from = 0; from < n; from++)
    for (let to = 0; to < n; to++) {
      const price = from === to ? 0 : toUnit(priceMove(nation, from, to), nation)
      move[from * n + to] = price
      dearest = Math.max(dearest, price)
    }
  const { lateDay, waitDay } = nation.costs
  const wait = delays.map(({ slack, weight, from }) => {
    const arrived = daysUntil(from)
    return BUCKET_MIDDLES.map((day) =>
      toUnit(weight * lateDay * Math.max(0, day - slack) + waitDay * Math.max(0, day - arrived), nation),
    )
  })
  const longest = Math.max(0, ...wait.map((row) => row.at(-1) ?? 0))
  return { move, wait, stuck: 4 * (dearest + longest) + 1000 }
}

/** From a price per task in effort minutes to thousandths per effort minute. */
function toUnit(perTask: number, nation: Nation): number {
  return Math.round((perTask * 1000) / nation.meanTask)
}

/** From thousandths per effort minute to effort minutes per task, one decimal. */
export function toTaskPrice(unit: number, nation: Nation): number {
  return Math.round((unit * nation.meanTask) / 100) / 10
}

function priceMove(nation: Nation, from: number, to: number): number {
  const a = nation.offices[from]
  const b = nation.offices[to]
  if (a === undefined || b === undefined) return 0
  const { fixed, district, region, km, far } = nation.costs
  const border = a.region !== b.region ? region : a.district !== b.district ? district : 0
  const length = measureKilometres(a, b)
  return fixed + border + ((km * length) / 100) * (1 + (far * length) / 10_000)
}
