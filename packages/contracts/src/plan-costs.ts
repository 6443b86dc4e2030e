// Apart from the plan's shapes: pages say these prices, and the browser's policy forbids what the shapes' parser compiles.

export type PlanCosts = {
  fixed: number
  district: number
  region: number
  km: number
  far: number
  lateDay: number
  waitDay: number
}

/**
 * The demo nation's prices: a day late is dearer than any move but the longest, and a short move pays when it saves three
 * days of waiting. Chosen by simulation (decision 0013).
 */
export const DEFAULT_PLAN_COSTS: PlanCosts = {
  fixed: 20,
  district: 5,
  region: 10,
  km: 10,
  far: 0,
  lateDay: 30,
  waitDay: 8,
}

/** Working days ahead for which work likely to come in is told. */
export const COMING_DAYS = 13
