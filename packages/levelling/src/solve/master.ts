/** A row of the master: Σ share × use must stay at or below `most`, or reach `least` but for an unmet rest at a price. */
export type MasterRow = { most: number } | { least: number; penalty: number }

/** A whole plan, good or bad: what it costs and what it uses of each row. */
export type MasterPlan = { cost: number; use: number[] }

export type MasterAnswer = {
  /** Share of each plan in the mixture, adding up to one. */
  shares: number[]
  /** Price of each row, ≥ 0; of a `least` row at most its penalty. */
  prices: number[]
  cost: number
}

const EPSILON = 1e-9

/**
 * The cheapest mixture of plans that keeps every row: a small dense linear program by the simplex method. The first plan
 * must keep every ceiling, so that there is always a mixture. Pivots are limited; any feasible stop is an answer.
 */
export function mixPlans(plans: readonly MasterPlan[], rows: readonly MasterRow[]): MasterAnswer {
  const m = rows.length + 1
  const width = plans.length + 2 * rows.length + 1
  const table = rows.map((row, r) => fillRow(plans, rows, row, r, width))
  const one = new Float64Array(width)
  one.fill(1, 0, plans.length)
  one[width - 1] = 1
  table.push(one)
  const price = new Float64Array(width)
  plans.forEach((plan, j) => {
    price[j] = plan.cost
  })
  // The first plan alone: what it leaves of each row. Columns after the plans: one slack per row, then one unmet rest.
  const basis = rows.map((row, r) => {
    const line = table[r] ?? one
    subtractRow(line, one, plans[0]?.use[r] ?? 0)
    const overfilled = 'least' in row && (line[width - 1] ?? 0) < 0
    if (overfilled) for (let j = 0; j < width; j++) line[j] = -(line[j] ?? 0)
    return 'least' in row && !overfilled ? plans.length + rows.length + r : plans.length + r
  })
  basis.push(0)
  rows.forEach((row, r) => {
    if ('least' in row) price[plans.length + rows.length + r] = row.penalty
  })
  const reduced = Float64Array.from(price)
  table.forEach((row, r) => {
    subtractRow(reduced, row, price[basis[r] ?? 0] ?? 0)
  })
  for (let pivots = 0; pivots < 50 * (m + plans.length); pivots++)
    if (!pivotTable(table, reduced, basis, pivots > 20 * m)) break
  const shares = plans.map(() => 0)
  table.forEach((row, r) => {
    const column = basis[r] ?? 0
    if (column < plans.length) shares[column] = row[width - 1] ?? 0
  })
  const prices = rows.map((_, r) => Math.max(0, reduced[plans.length + r] ?? 0))
  return { shares, prices, cost: -(reduced[width - 1] ?? 0) }
}

function fillRow(
  plans: readonly MasterPlan[],
  rows: readonly MasterRow[],
  row: MasterRow,
  r: number,
  width: number,
): Float64Array {
  const line = new Float64Array(width)
  plans.forEach((plan, j) => {
    line[j] = plan.use[r] ?? 0
  })
  const least = 'least' in row
  line[plans.length + r] = least ? -1 : 1
  line[plans.length + rows.length + r] = least ? 1 : 0
  line[width - 1] = least ? row.least : row.most
  return line
}

/** One exchange; false when nothing improves. Bland's order at the end keeps it from going in circles. */
function pivotTable(table: Float64Array[], reduced: Float64Array, basis: number[], careful: boolean): boolean {
  const width = reduced.length
  let column = -1
  let best = -1e-7
  for (let j = 0; j < width - 1; j++) {
    const price = reduced[j] ?? 0
    if (price >= best) continue
    column = j
    if (careful) break
    best = price
  }
  if (column < 0) return false
  let row = -1
  let least = Number.POSITIVE_INFINITY
  table.forEach((line, r) => {
    const by = line[column] ?? 0
    if (by <= EPSILON) return
    const ratio = (line[width - 1] ?? 0) / by
    const tie = Math.abs(ratio - least) <= EPSILON && (basis[r] ?? 0) < (basis[row] ?? 0)
    if (ratio < least - EPSILON || tie) {
      least = ratio
      row = r
    }
  })
  const line = table[row]
  if (line === undefined) return false
  const by = line[column] ?? 1
  for (let j = 0; j < width; j++) line[j] = (line[j] ?? 0) / by
  table.forEach((other, r) => {
    if (r !== row) subtractRow(other, line, other[column] ?? 0)
  })
  subtractRow(reduced, line, reduced[column] ?? 0)
  basis[row] = column
  return true
}

function subtractRow(from: Float64Array, row: Float64Array, times: number): void {
  if (times === 0) return
  for (let j = 0; j < from.length; j++) from[j] = (from[j] ?? 0) - times * (row[j] ?? 0)
}
