import { z } from 'zod'
import { COMING_DAYS } from './plan-costs.ts'

/** A local date in Helsinki, `YYYY-MM-DD`. */
const date = z.iso.date()
const id = z.string().min(1)
const whole = z.int().min(0)
const share = z.number().min(0).max(1)

/** Where a rule holds: each office of the scope by itself; absent = every office of the nation. */
export const planScopeSchema = z.union([
  z.strictObject({ office: id }),
  z.strictObject({ district: id }),
  z.strictObject({ region: id }),
])
export type PlanScope = z.infer<typeof planScopeSchema>

const ruleBase = {
  id,
  scope: planScopeSchema.optional(),
  /** First and last day in force, both included; absent = open. */
  from: date.optional(),
  to: date.optional(),
  /** Ids of rules set aside at the offices of this rule's scope; an id unknown to the snapshot is ignored. */
  lifts: z.array(id).optional(),
}

/** The rules managers set. All matching rules apply, the strictest wins. */
export const planRuleSchema = z.discriminatedUnion('kind', [
  /** `allow: false` closes sending; `allow: true` only matters as an exception with `lifts`. */
  z.object({ ...ruleBase, kind: z.literal('export'), allow: z.boolean() }),
  z.object({ ...ruleBase, kind: z.literal('import'), allow: z.boolean() }),
  /** The offices of the scope take in only these benefits; their own work is untouched. */
  z.object({ ...ruleBase, kind: z.literal('accept'), benefits: z.array(id) }),
  /** Work crosses no border wider than this; binds giver and receiver alike. */
  z.object({ ...ruleBase, kind: z.literal('reach'), within: z.enum(['district', 'region', 'nation']) }),
  /** Queue days of the whole office before the plan: gives only when above, takes only when below. */
  z.object({
    ...ruleBase,
    kind: z.literal('threshold'),
    exportAboveDays: whole.optional(),
    importBelowDays: whole.optional(),
  }),
  /** At most this share of the office's open minutes at midnight leaves it in a day. */
  z.object({ ...ruleBase, kind: z.literal('shareOut'), max: share }),
  /** At most this share of the office's minutes per working day comes in in a day. */
  z.object({ ...ruleBase, kind: z.literal('shareIn'), max: z.number().min(0) }),
  /** Ceiling per calendar month between two offices, districts or regions; `minMinutes` is ordered work. */
  z.object({
    ...ruleBase,
    kind: z.literal('quota'),
    giver: id,
    receiver: id,
    minutesPerMonth: whole,
    minMinutes: whole.optional(),
  }),
  /** Neither in nor out. */
  z.object({ ...ruleBase, kind: z.literal('blackout') }),
  /** Lateness of this benefit's work lying in the scope counts so many times. */
  z.object({ ...ruleBase, kind: z.literal('weight'), benefit: id, factor: z.number().min(0).max(1000) }),
])
export type PlanRule = z.infer<typeof planRuleSchema>
export type PlanRuleKind = PlanRule['kind']
export const PLAN_RULE_KINDS = [
  'export',
  'import',
  'accept',
  'reach',
  'threshold',
  'shareOut',
  'shareIn',
  'quota',
  'blackout',
  'weight',
] as const satisfies readonly PlanRuleKind[]

/**
 * What things cost, in effort minutes: `fixed` per task sent, `district` or `region` more when that border is crossed
 * (the region's alone when both are), `km` per task and 100 km, `far` per cent of that more for each 100 km of the way,
 * `lateDay` × weight per task and working day past due, `waitDay` per task and working day of waiting.
 */
export const planCostsSchema = z.object({
  fixed: whole.optional(),
  district: whole.optional(),
  region: whole.optional(),
  km: whole.optional(),
  far: whole.optional(),
  lateDay: whole.optional(),
  waitDay: whole.optional(),
})
export { COMING_DAYS, DEFAULT_PLAN_COSTS, type PlanCosts } from './plan-costs.ts'

/** `minutesAtMidnight`: open minutes at local midnight; without it the open minutes of the snapshot stand in. */
export const planOfficeSchema = z.object({
  id,
  district: id,
  region: id,
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  minutesAtMidnight: whole.optional(),
})
export type PlanOffice = z.infer<typeof planOfficeSchema>

/**
 * Handlers alike in one office. `minutesPerDay`: effort minutes expected today (the next working day when today is
 * none), 0 when closed. `minutesByDay`: the working days after it, in order; the last one stands for all later days.
 */
export const planPoolSchema = z.object({
  office: id,
  benefits: z.array(id),
  languages: z.array(id),
  cleared: z.boolean().optional(),
  minutesPerDay: whole,
  minutesByDay: z.array(whole).optional(),
})
export type PlanPool = z.infer<typeof planPoolSchema>

/** Open work lying in an office. `slackDays`: working days to the due date, 0 = due today, negative when past. */
const planWorkSchema = z.object({
  office: id,
  benefit: id,
  language: id,
  slackDays: z.int(),
  minutes: whole,
  tasks: whole,
  /** False: pinned, partly handled, already sent once or otherwise bound to its office. Absent = true. */
  movable: z.boolean().optional(),
  /** True: only cleared handlers may see it. Absent = false. */
  protected: z.boolean().optional(),
})
export type PlanWork = z.infer<typeof planWorkSchema>

/**
 * Work likely to come in, free to be sent on once it is there. `inDays`: whole working days from today, 1 = the next one;
 * `slackDays` counts from today as well. A plan leaves it its place in the queues to come, but never sends it.
 */
const planComingSchema = z.object({
  office: id,
  benefit: id,
  language: id,
  protected: z.boolean().optional(),
  inDays: z.int().min(1).max(COMING_DAYS),
  slackDays: z.int(),
  minutes: whole,
})
export type PlanComing = z.infer<typeof planComingSchema>

/** What rules with limits have spent: since local midnight (shares) or since the first of the month (quotas). */
export const planUsedSchema = z.object({ rule: id, office: id.optional(), minutes: whole })

/** The planner's whole input; references between its parts are checked by the planner. */
export const planSnapshotSchema = z.object({
  version: z.literal(1),
  at: date,
  offices: z.array(planOfficeSchema).min(1),
  pools: z.array(planPoolSchema),
  work: z.array(planWorkSchema),
  coming: z.array(planComingSchema).optional(),
  rules: z.array(planRuleSchema),
  used: z.array(planUsedSchema).optional(),
  benefits: z.array(z.object({ id, weight: z.number().min(0).max(1000) })).optional(),
  costs: planCostsSchema.optional(),
})
export type PlanSnapshot = z.infer<typeof planSnapshotSchema>

/**
 * Why work may not go, or cannot be done, somewhere. The first says that it lies nowhere known, the next four are about
 * handlers, the rest about rules.
 */
export const PLAN_BLOCKS = [
  'unknownOffice',
  'noSkill',
  'noLanguage',
  'noClearance',
  'noMinutes',
  'pinned',
  'blackout',
  'export',
  'import',
  'accept',
  'reach',
  'threshold',
  'shareOut',
  'shareIn',
  'quota',
] as const
export const planBlockSchema = z.enum(PLAN_BLOCKS)
export type PlanBlock = z.infer<typeof planBlockSchema>

/**
 * An office the work was not sent to. `why`: a block (with the rule, when one stands behind it) or `dearer`, then
 * `minutes` says by how many effort minutes per task.
 */
export const planAlternativeSchema = z.object({
  office: id,
  why: z.enum([...PLAN_BLOCKS, 'dearer']),
  rule: id.optional(),
  minutes: z.number().optional(),
})
export type PlanAlternative = z.infer<typeof planAlternativeSchema>

/** Queue days with one decimal; null = endless, the office has no minutes. */
const queueDays = z.number().nullable()

const queueDaysAtEnds = {
  fromDaysBefore: queueDays,
  fromDaysAfter: queueDays,
  toDaysBefore: queueDays,
  toDaysAfter: queueDays,
}

/**
 * Queue days are the whole office's, those under `ofClass` of the pools able to do this work: the office's open minutes that
 * they can do ÷ their minutes a day (moves made before the planner said so lack them). None counts protected work, since they
 * are told to whoever asks. `saving`: effort minutes per task
 * that one more task of the kind saves by going; null when it could not stay at all. `coming`: working days of work likely to come
 * in at both ends in the next COMING_DAYS; absent when the plan was told of none.
 */
export const planReasonsSchema = z.object({
  rules: z.array(id),
  ...queueDaysAtEnds,
  ofClass: z.object(queueDaysAtEnds).optional(),
  coming: z.object({ fromDays: queueDays, toDays: queueDays }).optional(),
  saving: z.number().nullable(),
  alternatives: z.array(planAlternativeSchema),
})
export type PlanReasons = z.infer<typeof planReasonsSchema>

export const planFlowSchema = z.object({
  from: id,
  to: id,
  benefit: id,
  language: id,
  slackDays: z.int(),
  protected: z.boolean(),
  minutes: z.int().min(1),
  reasons: planReasonsSchema,
})
export type PlanFlow = z.infer<typeof planFlowSchema>

export const planStuckSchema = z.object({
  office: id,
  benefit: id,
  language: id,
  slackDays: z.int(),
  protected: z.boolean(),
  minutes: whole,
  tasks: whole,
  cause: z.object({ code: planBlockSchema, rules: z.array(id) }),
})
export type PlanStuck = z.infer<typeof planStuckSchema>

/** Where a plan came from and how to start the next one: enough, with the snapshot, to replay it byte for byte. */
export const planBasisSchema = z.object({
  engine: z.string(),
  /** SHA-256 of the snapshot as parsed, hex. */
  snapshot: z.string(),
  /** The previous plan's snapshot hash when this plan started from it. */
  from: z.string().optional(),
  /** The optimal tree, opaque to all but the planner. */
  tree: z.array(z.string()),
})
export type PlanBasis = z.infer<typeof planBasisSchema>

/**
 * `objective`, `bound`: thousandths of an effort minute, whole. `gap`: (objective − bound) ÷ objective, 0 when proved
 * optimal. `ms`: time taken, the only field that differs between two runs on the same input.
 */
export const planSchema = z.object({
  objective: z.number(),
  bound: z.number(),
  gap: z.number().min(0),
  ms: z.number(),
  basis: planBasisSchema,
  flows: z.array(planFlowSchema),
  stuck: z.array(planStuckSchema),
  unmet: z.array(z.object({ rule: id, minutes: whole })),
})
export type Plan = z.infer<typeof planSchema>
