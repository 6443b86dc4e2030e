import { benefits, languages } from '@tasain/vocabulary'
import * as z from 'zod'
import { planReasonsSchema } from './plan.ts'
import { codeText, instant, isoDate, ownWords, whole } from './shapes.ts'

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

const fenced = { epoch: whole }
export const outcomes = ['granted', 'partly_granted', 'rejected', 'dismissed'] as const
/** POST /tasks/:id/decision */
export const decide = z.object({ ...fenced, outcome: z.enum(outcomes), grounds: ownWords(4000, 1) })
export const returnReasons = ['missing_skill', 'language', 'unclear', 'out_of_time', 'other'] as const
/** POST /tasks/:id/return */
export const returnTask = z.object({
  ...fenced,
  reason: z.enum(returnReasons),
  note: ownWords(1000).default(''),
})
/** POST /tasks/:id/information-request */
export const requestInformation = z.object({
  ...fenced,
  missing: z.array(ownWords(200, 1)).min(1).max(20),
  deadlineOn: isoDate,
  note: ownWords(2000).default(''),
})
/** POST /tasks/:id/recusal */
export const recuse = z.object({ ...fenced, reason: ownWords(1000, 1) })
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

/** `plan`: sent by the planner; `recall`: called back home by it; `person`: moved by hand. */
export const moveCauses = ['plan', 'recall', 'person'] as const
export type MoveCause = (typeof moveCauses)[number]
/** Why work is called back: not started by its date, or nobody is left where it lies. */
export const recallReasons = ['not_started', 'receiver_closed'] as const
export type RecallReason = (typeof recallReasons)[number]

export const move = z.object({
  id: z.uuid(),
  taskId: z.uuid(),
  cause: z.enum(moveCauses),
  planId: z.uuid().nullable(),
  from: z.string(),
  to: z.string(),
  benefit: z.enum(benefits),
  language: z.enum(languages),
  movedAt: instant,
  /** Of the planner's sends. */
  reasons: planReasonsSchema.nullable(),
  /** Of recalls a `RecallReason`, of moves by hand the reason as it was written. */
  note: z.string().nullable(),
  by: z.string().nullable(),
})
export type Move = z.infer<typeof move>
/** GET /moves?day=YYYY-MM-DD: the day's moves summed by cause and way, then single moves on request with &from=&to=. */
export const moveList = z.object({
  day: isoDate,
  total: z.int(),
  flows: z.array(
    z.object({
      cause: z.enum(moveCauses),
      from: z.string(),
      to: z.string(),
      benefit: z.enum(benefits),
      language: z.enum(languages),
      tasks: z.int(),
      minutes: z.int(),
      /** Of the planner's sends. */
      reasons: planReasonsSchema.nullable(),
    }),
  ),
  /** The single moves, newest first, when both ends are asked for. */
  moves: z.array(move).optional(),
})
export type MoveList = z.infer<typeof moveList>

/** POST /tasks/:id/move: by hand, at once; the planner leaves it there. */
export const moveTask = z.object({ office: codeText(80), reason: ownWords(1000, 3) })

/** GET /tasks/:id/receivers: the offices to which the caller may move it by hand, with what stands in the way of each. */
export const taskReceivers = z.object({
  offices: z.array(
    z.object({ office: z.string(), hindrance: z.enum(['task.nobody_there', 'task.rule_forbids']).nullable() }),
  ),
})
export type TaskReceivers = z.infer<typeof taskReceivers>

/** POST /plans/switch: stops all that levelling does by itself, or lets it go on. */
export const switchPlanning = z.object({ on: z.boolean(), reason: ownWords(1000, 3) })
/** `reason`, `by`, `at`: of whoever turned the switch last; null = nobody has, or the operator's setting keeps it off. */
export const planningState = z.object({
  on: z.boolean(),
  reason: z.string().nullable(),
  by: z.string().nullable(),
  at: instant.nullable(),
})
export type PlanningState = z.infer<typeof planningState>

/** Work in an office that nobody who may can do, and why. */
const stuckWork = z.object({
  office: z.string(),
  benefit: z.enum(benefits),
  language: z.enum(languages),
  tasks: z.int(),
  cause: z.string(),
})

/** Why a plan can reckon with a task neither where it lies nor anywhere else. */
export const setAsideCauses = ['unknownBenefit', 'unknownLanguage', 'unknownOffice', 'badDates', 'noQueue'] as const
export type SetAsideCause = (typeof setAsideCauses)[number]

/** GET /plans/latest; `held`: minutes planned but not sent: another plan must ask for them too, or they make no half task. */
export const planSummary = z.object({
  planning: planningState,
  plan: z
    .object({
      id: z.uuid(),
      plannedAt: instant,
      gap: z.number(),
      ms: z.number(),
      moved: z.int(),
      skipped: z.int(),
      held: z.int(),
      stuck: z.array(stuckWork),
    })
    .nullable(),
})
export type PlanSummary = z.infer<typeof planSummary>

/** GET /queues/:office: what waits there, the most urgent first and at most a hundred; none of people under protection. */
export const officeQueue = z.object({ office: z.string(), tasks: z.array(taskSummary) })
export type OfficeQueue = z.infer<typeof officeQueue>

/**
 * GET /alarms: work that nobody who may can do, and work past a set share (0 to 1) of its target time, oldest first; of a
 * district manager's own district only. `oldest…`: of the task that arrived first, `rules`: those that stand in the way.
 * `unmet`: minutes of ordered work that the latest plan could not place, by rule (`<id>@<version>`); everybody sees rules.
 */
export const alarmList = z.object({
  at: instant,
  stuck: z.array(
    stuckWork.extend({
      rules: z.array(z.string()),
      oldestTask: z.uuid(),
      oldestArrivedOn: isoDate,
      oldestDueOn: isoDate,
    }),
  ),
  /** Open work that is left out of every plan until it is mended, task by task; its values are shown as they stand. */
  setAside: z.array(
    z.object({
      task: z.uuid(),
      office: z.string(),
      benefit: z.string(),
      language: z.string(),
      arrivedOn: z.string(),
      dueOn: z.string(),
      cause: z.enum(setAsideCauses),
    }),
  ),
  unmet: z.array(z.object({ rule: z.string(), minutes: z.int() })),
  late: z.array(
    z.object({ office: z.string(), benefit: z.enum(benefits), tasks: z.int(), pastDue: z.int(), oldestDueOn: isoDate }),
  ),
  lateShare: z.number(),
})
export type AlarmList = z.infer<typeof alarmList>

/** GET /tasks/:id/story: every step of one task's way, oldest first, for the person it concerns. With ?words=fi|sv|en also why it is where it is. */
export const taskStory = z.object({
  task: taskSummary,
  steps: z.array(
    z.object({
      at: instant,
      kind: z.enum([
        'received',
        'identified',
        'moved',
        'recalled',
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
  /** Sentences: why each move was made and why not another, or why the task stays where it is. */
  words: z.array(z.string()).optional(),
})
export type TaskStory = z.infer<typeof taskStory>
