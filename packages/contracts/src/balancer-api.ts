import { benefits, languages, maskHetus } from '@tasain/vocabulary'
import * as z from 'zod'
import { planReasonsSchema } from './plan.ts'
import { instant, isoDate } from './shapes.ts'

export const taskStates = ['open', 'claimed', 'awaiting_information', 'decided', 'withdrawn'] as const
export type TaskState = (typeof taskStates)[number]

export const taskSummary = z.object({
  id: z.uuid(),
  applicationId: z.uuid(),
  benefit: z.enum(benefits),
  language: z.enum(languages),
  arrivedOn: isoDate,
  dueOn: isoDate,
  /** Calendar days since arrival; never stops before the decision. */
  leadTimeDays: z.int(),
  state: z.enum(taskStates),
  homeOffice: z.string(),
  office: z.string(),
  moved: z.boolean(),
})
export type TaskSummary = z.infer<typeof taskSummary>

/** A task in a handler's hands. `epoch` must come back with every act on it; `viewGrant` opens its pages at intake. */
export const heldTask = taskSummary.extend({
  epoch: z.int(),
  leaseUntil: instant,
  viewGrant: z.string(),
  /** Why the server picked this one. */
  pickedBecause: z.enum(['past_due', 'due_first', 'resumed']),
  /** Whether intake has its application; not so for work loaded from elsewhere. */
  hasApplication: z.boolean(),
})
export type HeldTask = z.infer<typeof heldTask>

/** POST /tasks/next → the next task for this handler, or null when nothing fits. Asking again returns the one held. */
export const nextTask = z.object({ task: heldTask.nullable(), waiting: z.int() })
export type NextTask = z.infer<typeof nextTask>
/** GET /tasks/mine */
export const myTasks = z.object({
  held: z.array(heldTask),
  awaitingInformation: z.array(taskSummary),
  decidedToday: z.int(),
})
export type MyTasks = z.infer<typeof myTasks>

/** What people write in their own words. An identity code in it is masked, so that none is stored or shown on. */
const words = (most: number, least = 0) => z.string().trim().min(least).max(most).transform(maskHetus)

const fenced = { epoch: z.int() }
export const outcomes = ['granted', 'partly_granted', 'rejected', 'dismissed'] as const
/** POST /tasks/:id/decision */
export const decide = z.object({ ...fenced, outcome: z.enum(outcomes), grounds: words(4000, 1) })
export const returnReasons = ['missing_skill', 'language', 'unclear', 'out_of_time', 'other'] as const
/** POST /tasks/:id/return */
export const returnTask = z.object({
  ...fenced,
  reason: z.enum(returnReasons),
  note: words(1000).default(''),
})
/** POST /tasks/:id/information-request */
export const requestInformation = z.object({
  ...fenced,
  missing: z.array(words(200, 1)).min(1).max(20),
  deadlineOn: isoDate,
  note: words(2000).default(''),
})
/** POST /tasks/:id/recusal */
export const recuse = z.object({ ...fenced, reason: words(1000, 1) })
/** POST /tasks/:id/lease: keeps the task in hand and renews the view grant. */
export const extendLease = z.object(fenced)

const queueDays = z.number().nullable()
/** GET /load: one row an office; `queueDays` null = work waits and nobody is there to do it. */
export const officeLoad = z.object({
  office: z.string(),
  district: z.string(),
  region: z.string(),
  openTasks: z.int(),
  openMinutes: z.int(),
  minutesPerDay: z.int(),
  queueDays,
  pastDue: z.int(),
  movedInToday: z.int(),
  movedOutToday: z.int(),
  exportClosed: z.boolean(),
  importClosed: z.boolean(),
})
export const loadTable = z.object({ at: instant, offices: z.array(officeLoad), nationQueueDays: queueDays })
export type LoadTable = z.infer<typeof loadTable>
/** GET /load/own: what waits in the person's own office. */
export const ownLoad = z.object({ office: z.string(), openTasks: z.int() })
export type OwnLoad = z.infer<typeof ownLoad>
export type OfficeLoad = z.infer<typeof officeLoad>

export const place = z.object({
  id: z.string(),
  nameFi: z.string(),
  nameSv: z.string(),
})
/** GET /offices */
export const officeList = z.object({
  regions: z.array(place),
  districts: z.array(place.extend({ region: z.string() })),
  offices: z.array(place.extend({ district: z.string(), lat: z.number(), lon: z.number() })),
})
export type OfficeList = z.infer<typeof officeList>

export const ruleScope = z.union([
  z.object({ office: z.string() }).strict(),
  z.object({ district: z.string() }).strict(),
  z.object({ region: z.string() }).strict(),
  z.object({}).strict(),
])
export type RuleScope = z.infer<typeof ruleScope>
const ruleValue = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('export'), allow: z.boolean() }),
  z.object({ kind: z.literal('import'), allow: z.boolean() }),
  z.object({ kind: z.literal('accept'), benefits: z.array(z.enum(benefits)).min(1) }),
  z
    .object({
      kind: z.literal('threshold'),
      exportAboveDays: z.number().min(0).max(999),
      importBelowDays: z.number().min(0).max(999),
    })
    .refine((value) => value.importBelowDays < value.exportAboveDays, { path: ['importBelowDays'] }),
  z.object({ kind: z.literal('reach'), within: z.enum(['district', 'region', 'nation']) }),
])
export type RuleValue = z.infer<typeof ruleValue>
/** POST /rules and, for a new version of an existing rule, POST /rules/:id/versions. */
export const writeRule = z
  .object({
    scope: ruleScope,
    value: ruleValue,
    from: isoDate,
    to: isoDate.nullable().default(null),
    reason: words(1000, 3),
  })
  .refine((rule) => rule.to === null || rule.to >= rule.from, { path: ['to'] })
export type WriteRule = z.input<typeof writeRule>
/** POST /rules/:id/end · /approve · /restore {version} */
export const endRule = z.object({ reason: words(1000, 3) })
export const approveRule = z.object({ version: z.int() })
export const restoreRule = z.object({ version: z.int(), reason: words(1000, 3) })

export const ruleStates = ['draft', 'coming', 'in_force', 'ended'] as const
/** What can be done with a rule; `restore` makes a new version of an earlier one. */
export const ruleActs = ['approve', 'change', 'end', 'restore'] as const
export type RuleAct = (typeof ruleActs)[number]
export const ruleVersion = z.object({
  id: z.uuid(),
  version: z.int(),
  state: z.enum(ruleStates),
  scope: ruleScope,
  value: ruleValue,
  from: isoDate,
  to: isoDate.nullable(),
  reason: z.string(),
  author: z.string(),
  writtenAt: instant,
  approvedBy: z.string().nullable(),
  approvedAt: instant.nullable(),
  /** True for a rule across districts that waits for a second manager. */
  needsApproval: z.boolean(),
  endedBy: z.string().nullable(),
  /** What whoever asked may do with it as it stands. */
  allows: z.array(z.enum(ruleActs)),
})
export type RuleVersion = z.infer<typeof ruleVersion>
/** GET /rules: the latest version of each; GET /rules/:id/versions: all, newest first. */
export const ruleList = z.object({ rules: z.array(ruleVersion) })
export type RuleList = z.infer<typeof ruleList>

export const move = z.object({
  id: z.uuid(),
  taskId: z.uuid(),
  planId: z.uuid(),
  from: z.string(),
  to: z.string(),
  benefit: z.enum(benefits),
  language: z.enum(languages),
  movedAt: instant,
  reasons: planReasonsSchema,
})
export type Move = z.infer<typeof move>
/** GET /moves?day=YYYY-MM-DD: summed by (from, to, benefit), then single moves on request with &from=&to=. */
export const moveList = z.object({
  day: isoDate,
  total: z.int(),
  flows: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      benefit: z.enum(benefits),
      language: z.enum(languages),
      tasks: z.int(),
      minutes: z.int(),
      reasons: planReasonsSchema,
    }),
  ),
  /** The single moves, newest first, when both ends are asked for. */
  moves: z.array(move).optional(),
})
export type MoveList = z.infer<typeof moveList>

/** GET /plans/latest */
export const planSummary = z.object({
  plan: z
    .object({
      id: z.uuid(),
      plannedAt: instant,
      objective: z.number(),
      bound: z.number(),
      gap: z.number(),
      ms: z.number(),
      moved: z.int(),
      skipped: z.int(),
      stuck: z.array(
        z.object({
          office: z.string(),
          benefit: z.enum(benefits),
          language: z.enum(languages),
          tasks: z.int(),
          cause: z.string(),
        }),
      ),
    })
    .nullable(),
})
export type PlanSummary = z.infer<typeof planSummary>

/** GET /tasks/:id/story: every step of one task's way, oldest first, for the person it concerns. */
export const taskStory = z.object({
  task: taskSummary,
  steps: z.array(
    z.object({
      at: instant,
      kind: z.enum([
        'received',
        'identified',
        'moved',
        'claimed',
        'lease_lost',
        'returned',
        'information_requested',
        'recused',
        'decided',
        'withdrawn',
      ]),
      office: z.string(),
      by: z.string().nullable(),
      reasons: planReasonsSchema.nullable(),
      note: z.string().nullable(),
    }),
  ),
})
export type TaskStory = z.infer<typeof taskStory>
