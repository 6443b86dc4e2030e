import { parseScenario, type Scenario } from '../src/world/scenario.ts'

/** A small nation of five offices for tests, out of balance by the seed; half a year of it takes a second. */
export function makeNation(place: number, { closed = false, incomplete = 0 } = {}): Scenario {
  const codes = ['TO', 'YA', 'OT']
  return parseScenario({
    name: `small nation ${place}`,
    capacity: { utilisation: 0.95, imbalance: 0.4 },
    defaults: { handling_cv: 0.6 },
    regions: [{ id: 'r0' }, { id: 'r1' }],
    districts: [0, 1, 2].map((i) => ({ id: `d${i}`, region: `r${i % 2}` })),
    benefits: codes.map((code, i) => ({
      code,
      skill_group: code,
      handling_minutes_mean: 20 + 15 * i,
      statutory_working_days: 7 + 5 * i,
    })),
    skills: { groups_per_handler: { 2: 1 }, cover_home: true, restricted_clearance_share: 0.5 },
    languages: { handler_sv_share_elsewhere: 0.4 },
    flags: {
      pinned_share: 0.05,
      urgent_share: 0.1,
      restricted_turvakielto_share: 0.02,
      incomplete_share: { default: incomplete },
    },
    absence: { sick_mean: 0.05, leave_by_month: Array.from({ length: 12 }, () => 0.1) },
    shocks: [
      { office: 'o0', weeks: [2, 3], factor: 3 },
      ...(closed ? [1, 2, 3, 4].map((i) => ({ office: `o${i}`, week: 3, days: 20 })) : []),
    ],
    offices: Array.from({ length: 5 }, (_, i) => ({
      id: `o${i}`,
      district: `d${i % 3}`,
      lat: 60 + ((i * 7 + place) % 9),
      lon: 22 + ((i * 3 + place) % 7),
      fte: 5,
      sv_share: 0.05,
      arrivals_per_year: Object.fromEntries(codes.map((code) => [code, 1500])),
    })),
  })
}
