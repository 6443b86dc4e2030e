import { planCostsSchema, planRuleSchema } from '@tasain/contracts'
import { z } from 'zod'

/** A scenario that cannot be simulated; the message names the path of the first offending value. */
export class ScenarioError extends Error {
  constructor(field: string, problem: string) {
    super(`scenario: ${field}: ${problem}`)
    this.name = 'ScenarioError'
  }
}

const id = z.string().min(1)
const share = z.number().min(0).max(1)
const count = z.number().min(0)
const days = z.int().min(1).nullish()

const benefitSchema = z.object({
  code: id,
  /** The name weekly arrivals go by; the code when absent. */
  id: id.optional(),
  skill_group: id,
  handling_minutes_mean: z.int().min(1),
  /** One target is needed: working days when statutory, else calendar days. */
  statutory_working_days: days,
  target_days_current: days,
  target_days_2015: days,
})

const officeSchema = z.object({
  id,
  district: id,
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  fte: z.number().positive(),
  sv_share: share.default(0),
  /** Applications a year by benefit code, before `defaults.scale`. */
  arrivals_per_year: z.record(id, count),
})

const shockSchema = z.object({
  benefit: id.optional(),
  district: id.optional(),
  office: id.optional(),
  /** First and last week, counted from 1. */
  weeks: z.tuple([z.int().min(1), z.int().min(1)]).optional(),
  week: z.int().min(1).optional(),
  /** Multiplies what comes in during `weeks`. */
  factor: count.optional(),
  /** Comes in besides during `week`, before the scale. */
  add: count.optional(),
  /** The office is closed for so many working days from the first of `week`. */
  days: z.int().min(1).optional(),
  /** More people are ill during `weeks`. */
  absence_add: share.optional(),
})

const scenarioSchema = z.object({
  name: z.string().default('scenario'),
  defaults: z
    .object({
      scale: z.number().positive().default(1),
      minutes_per_day: z.number().positive().default(435),
      decision_share_of_day: share.default(1),
      /** Deviation of the minutes of a task ÷ their mean. */
      handling_cv: count.default(0),
      default_year: z.int().min(1990).max(2100).default(2026),
    })
    .prefault({}),
  /**
   * With it the hands of an office follow what comes in there: arrived ÷ available minutes of the nation is `utilisation`,
   * and an office's share of them deviates by `imbalance` (coefficient of variation, drawn by the seed) from its share of
   * the work. Without it `fte` decides.
   */
  capacity: z.object({ utilisation: z.number().positive(), imbalance: share }).optional(),
  regions: z.array(z.object({ id })).min(1),
  districts: z.array(z.object({ id, region: id, maakunta_fi: id.optional() })).min(1),
  benefits: z.array(benefitSchema).min(1),
  skills: z
    .object({
      groups_per_handler: z.record(z.string().regex(/^[1-9]\d*$/), share).default({ 1: 1 }),
      restricted_clearance_share: share.default(0),
      /** True: somebody in every office can do each kind of its own work. */
      cover_home: z.boolean().default(false),
    })
    .prefault({}),
  languages: z
    .object({ handler_sv_share_in_sv_offices: share.default(0.7), handler_sv_share_elsewhere: share.default(0) })
    .prefault({}),
  flags: z
    .object({
      restricted_turvakielto_share: share.default(0),
      pinned_share: share.default(0),
      /** Hurried work has half the time. */
      urgent_share: share.default(0),
      incomplete_share: z.record(id, z.union([share, z.string()])).default({}),
    })
    .prefault({}),
  absence: z
    .object({ sick_mean: share, leave_by_month: z.array(share).length(12) })
    .default({ sick_mean: 0, leave_by_month: Array.from({ length: 12 }, () => 0) }),
  /** Monday to Sunday, by benefit; text names another row. */
  weekday_share: z
    .record(z.string(), z.union([z.string(), z.array(z.union([z.string(), count])).length(7)]))
    .default({}),
  /** What a week brings against the mean week, from week 1 of the year. */
  week_index: z.record(z.string(), z.union([z.string(), z.array(count).min(1)])).default({}),
  shocks: z.array(shockSchema).default([]),
  offices: z.array(officeSchema).min(1),
  rules: z.array(planRuleSchema).default([]),
  costs: planCostsSchema.optional(),
  /** Real arrivals: by benefit `id` and `maakunta_fi` one number for each of the `weeks`, `2022-W01`; null = none. */
  weekly: z.object({ weeks: z.array(id), arrivals: z.record(id, z.record(id, z.array(count.nullable()))) }).optional(),
})
export type Scenario = z.output<typeof scenarioSchema>
export type ScenarioBenefit = Scenario['benefits'][number]
export type ScenarioOffice = Scenario['offices'][number]

/**
 * Reads a nation: regions, districts, offices with their people (`fte`) and what comes in a year by benefit, benefits with
 * minutes and target; all else may be left out and is then without effect. Keys it does not know are passed over. One
 * year begins on the Monday of ISO week 1 of `defaults.default_year`. Throws ScenarioError naming the field.
 */
export function parseScenario(value: unknown): Scenario {
  const parsed = scenarioSchema.safeParse(value)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const path = (issue?.path ?? [])
      .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
      .join('')
    throw new ScenarioError(path.replace(/^\./, '') || '(root)', issue?.message ?? 'is not a scenario')
  }
  checkReferences(parsed.data)
  return parsed.data
}

function checkReferences(scenario: Scenario): void {
  const regions = new Set(scenario.regions.map((each) => each.id))
  const districts = new Set(scenario.districts.map((each) => each.id))
  const benefits = new Set(scenario.benefits.map((each) => each.code))
  const offices = new Set<string>()
  const need = (known: ReadonlySet<string>, one: string | undefined, field: string): void => {
    if (one !== undefined && !known.has(one)) throw new ScenarioError(field, `"${one}" is not in the scenario`)
  }
  scenario.districts.forEach((district, i) => {
    need(regions, district.region, `districts[${i}].region`)
  })
  scenario.benefits.forEach((benefit, i) => {
    if (findTarget(benefit) === undefined) throw new ScenarioError(`benefits[${i}]`, 'has no target in days')
  })
  scenario.offices.forEach((office, i) => {
    if (offices.has(office.id)) throw new ScenarioError(`offices[${i}].id`, `"${office.id}" is there twice`)
    offices.add(office.id)
    need(districts, office.district, `offices[${i}].district`)
    for (const code of Object.keys(office.arrivals_per_year))
      need(benefits, code, `offices[${i}].arrivals_per_year.${code}`)
  })
  scenario.shocks.forEach((shock, i) => {
    need(benefits, shock.benefit, `shocks[${i}].benefit`)
    need(districts, shock.district, `shocks[${i}].district`)
    need(offices, shock.office, `shocks[${i}].office`)
  })
}

/** Time for deciding; undefined when the benefit names none. */
export function findTarget(benefit: ScenarioBenefit): { days: number; working: boolean } | undefined {
  if (benefit.statutory_working_days) return { days: benefit.statutory_working_days, working: true }
  const calendar = benefit.target_days_current ?? benefit.target_days_2015
  return calendar ? { days: calendar, working: false } : undefined
}

/** The row of numbers for a benefit: its own, the one its text names, or `default`; undefined when there is none. */
export function findRow(rows: Record<string, unknown>, code: string): number[] | undefined {
  let row: unknown = rows[code] ?? rows['default']
  for (let hops = 0; typeof row === 'string' && hops < 3; hops += 1) row = rows[row]
  return Array.isArray(row) && row.every((one) => typeof one === 'number') ? row : undefined
}
