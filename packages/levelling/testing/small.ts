import type { PlanRule, PlanSnapshot, PlanWork } from '@tasain/contracts'

/**
 * Four offices: `jam` (district d1, region r1) has twenty days of work, `near` (d1, r1), `next` (d2, r1) and `far`
 * (d3, r2) have little; each has one pool able to do benefit TO in Finnish, 400 minutes a day.
 */
export function makeSmall(rules: PlanRule[] = [], change: Partial<PlanSnapshot> = {}): PlanSnapshot {
  const place = (id: string, district: string, region: string, lat: number, lon: number) => ({
    id,
    district,
    region,
    lat,
    lon,
  })
  return {
    version: 1,
    at: '2026-11-20',
    offices: [
      place('jam', 'd1', 'r1', 60.17, 24.94),
      place('near', 'd1', 'r1', 60.2, 25.08),
      place('next', 'd2', 'r1', 60.98, 25.66),
      place('far', 'd3', 'r2', 65.01, 25.47),
    ],
    pools: ['jam', 'near', 'next', 'far'].map((office) => makePool(office)),
    work: [
      makeRow({ office: 'jam', minutes: 8000, tasks: 200 }),
      makeRow({ office: 'near' }),
      makeRow({ office: 'next' }),
    ],
    rules,
    ...change,
  }
}

export function makePool(
  office: string,
  change: Partial<PlanSnapshot['pools'][number]> = {},
): PlanSnapshot['pools'][number] {
  return { office, benefits: ['TO'], languages: ['fi'], minutesPerDay: 400, ...change }
}

export function makeRow(change: Partial<PlanWork> & { office: string }): PlanWork {
  return { benefit: 'TO', language: 'fi', slackDays: 3, minutes: 400, tasks: 10, ...change }
}
