/** What every benchmark exports: prints its table with `say`, returns the figures for the JSON line. */
export type Benchmark = (options: {
  say: (line: string) => void
  forms: string | undefined
  /** A small sample of so many pages, for development. */
  pages: number | undefined
  /** Some of the parts, by name. */
  only: readonly string[] | undefined
  /** Tell of every slip. */
  details: boolean
  /** Where the pages drawn are to be left. */
  keep: string | undefined
  /** A folder with real arrivals. */
  data: string | undefined
}) => Promise<Record<string, unknown>>

/** The value below which `share` (0 to 1) of the values lie; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

export function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits))
}
