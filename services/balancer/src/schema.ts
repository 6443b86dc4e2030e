import type {
  BalancerAction,
  Channel,
  MoveCause,
  OutgoingKind,
  outcomes,
  Plan,
  PlanFlow,
  PlanReasons,
  PlanStuck,
  RuleValue,
  Snapshot,
  TaskState,
} from '@tasain/contracts'
import type { Door, HouseTables, Queue, Read, Tx } from '@tasain/kit'
import type { Benefit, IsoDate, Language } from '@tasain/vocabulary'
import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely'
import type { ImpartialityTables } from './impartiality-schema.ts'

type Json<T extends object | null> = JSONColumnType<T>
/** Set by the database when the row is written. */
type WrittenAt = ColumnType<Date, Date | undefined, never>

export type TaskEventKind =
  | 'received'
  | 'identified'
  | 'returned'
  | 'information_requested'
  | 'recused'
  | 'decided'
  | 'withdrawn'
export type ReservationEnd = 'decided' | 'returned' | 'information_requested' | 'recused' | 'lease_lost' | 'withdrawn'
export type ScopeKind = 'office' | 'district' | 'region' | 'nation'

export type TaskTable = {
  id: string
  application_id: string
  /** Of the snapshot last applied. */
  version: number
  channel: Channel
  benefit: Benefit
  language: Language
  arrived_on: IsoDate
  due_on: IsoDate
  /** Expected minutes of work. */
  minutes: number
  home_office_id: string
  office_id: string
  /** See `queueKey`. */
  queue_key: number
  identified: boolean
  applicant_index: string | null
  restricted: boolean
  pages: number
  state: TaskState
  /** Partly handled, so bound to its office. */
  pinned: boolean
  /** How often the planner has sent it on. */
  sends: number
  /** How often it was called back home: once at most. */
  recalls: number
  /** The planner may send it on: nobody has touched it, it is known whose it is, and it was never sent before. */
  movable: GeneratedAlways<boolean>
  /** Grows with each claim; an act with an older one is refused. */
  epoch: number
  claimed_by: string | null
  lease_ends_at: Date | null
  /** After an information request: the handler who is asked first, until a date. */
  reserved_for: string | null
  reserved_until_on: IsoDate | null
  received_at: WrittenAt
}

/** Minutes of a flow, all clocks of its class together. */
export type HeldFlow = Pick<PlanFlow, 'from' | 'to' | 'benefit' | 'language' | 'protected' | 'minutes'>

/** Open work of one queue and due date, in hands or not; see migration 0003. */
type OpenWorkTable = {
  queue_key: number
  due_on: IsoDate
  tasks: number
  minutes: number
  /** Tasks open and identified: what a handler may be given. */
  waiting: number
  movable_tasks: number
  movable_minutes: number
}

type BalancerTables = {
  region: { id: string; name_fi: string; name_sv: string }
  district: { id: string; region_id: string; name_fi: string; name_sv: string }
  office: {
    id: string
    district_id: string
    number: number
    name_fi: string
    name_sv: string
    lat: number
    lon: number
  }
  benefit_effort: { benefit: Benefit; minutes: number }
  handler: {
    id: string
    subject: string
    name: string
    office_id: string
    cleared: boolean
    minutes_per_day: number
  }
  handler_skill: { handler_id: string; benefit: Benefit }
  handler_language: { handler_id: string; language: Language }
  absence: { id: string; handler_id: string; from_on: IsoDate; to_on: IsoDate }
  receiving_cursor: { id: Generated<number>; position: number; moved_at: Date }
  handover: {
    application_id: string
    version: number
    /** In intake's log; null for work loaded from elsewhere. */
    position: number | null
    snapshot: Json<Snapshot>
    received_at: WrittenAt
  }
  task: TaskTable
  open_work: OpenWorkTable
  open_work_change: OpenWorkTable & { id: GeneratedAlways<number> }
  /** Both of the above; a group may have several rows. */
  open_work_now: OpenWorkTable
  task_event: {
    id: string
    task_id: string
    kind: TaskEventKind
    office_id: string
    handler_id: string | null
    note: string | null
    happened_at: WrittenAt
  }
  /** What other services are told of the tasks. */
  outgoing_event: {
    /** The order of writing, which is not the order in which transactions end. */
    written: GeneratedAlways<number>
    /** The place in the log; null until the transaction has ended. */
    position: number | null
    kind: OutgoingKind
    application_id: string
    epoch: number
    /** Subject of the handler who claimed the task or gave it up. */
    holder: string | null
    outcome: (typeof outcomes)[number] | null
    restricted: boolean
    happened_at: WrittenAt
  }
  rule: { id: string; written_at: WrittenAt }
  rule_version: {
    rule_id: string
    version: number
    kind: RuleValue['kind']
    scope_kind: ScopeKind
    /** Empty for the nation. */
    scope_id: string
    value: Json<RuleValue>
    lifts: Generated<string[]>
    from_on: IsoDate
    to_on: IsoDate | null
    /** True for the version that ends the rule. */
    ends: boolean
    needs_approval: boolean
    reason: string
    author_subject: string
    author_name: string
    written_at: WrittenAt
  }
  rule_approval: { rule_id: string; version: number; subject: string; name: string; approved_at: WrittenAt }
  /** Drafts that are taken back. */
  rule_withdrawal: {
    rule_id: string
    version: number
    reason: string
    subject: string
    name: string
    withdrawn_at: WrittenAt
  }
  plan: {
    id: string
    planned_at: WrittenAt
    snapshot_hash: string
    engine: string
    objective: number
    bound: number
    gap: number
    ms: number
    /** This and the two below are empty once the plan's record is gone. */
    stuck: Json<PlanStuck[]>
    /** Planned but not sent: the next plan must ask for it too, or it makes no half task. */
    held: Json<HeldFlow[]>
    /** Minutes of ordered work that could not be placed, by rule. */
    unmet: ColumnType<Plan['unmet'], string | undefined, string>
  }
  /**
   * Snapshot and plan as JSON under gzip, enough to make the plan again from the basis of the record before it. Kept for a
   * time of plans that `sends` anything (wants to, until it is known that nothing went), and of the latest one.
   */
  plan_record: { plan_id: string; sends: boolean; snapshot: Buffer; plan: Buffer }
  plan_outcome: {
    plan_id: string
    moved: number
    skipped: number
    /** Of those skipped, the ones under protection. */
    restricted_skipped: Generated<number>
    applied_at: WrittenAt
  }
  move: {
    id: string
    plan_id: string | null
    task_id: string
    cause: Generated<MoveCause>
    from_office_id: string
    to_office_id: string
    benefit: Benefit
    language: Language
    minutes: number
    rule_versions: string[]
    /** Of the planner's moves. */
    reasons: Json<PlanReasons> | null
    /** Of the others: why, as a person wrote it or as a `RecallReason`. */
    note: string | null
    mover_subject: string | null
    mover_name: string | null
    moved_at: WrittenAt
  }
  /** Each turn of the switch that people stop levelling with; the latest counts. */
  planning_switch: {
    id: string
    allowed: boolean
    reason: string
    author_subject: string
    author_name: string
    switched_at: WrittenAt
  }
  /** Open minutes of an office when a day began in Helsinki. */
  office_midnight: { office_id: string; counted_on: IsoDate; minutes: number }
  /**
   * What came in over the working days before a day. Of the two tables below the latest day stands; earlier ones go when it
   * is counted, but one whose clock is behind may count the day before once more, which then goes with the next.
   */
  arrival_count: { counted_on: IsoDate; working_days: number }
  /** `queue_key`: of the home office, wherever the work lies. */
  arrival_sum: { counted_on: IsoDate; queue_key: number; tasks: number; minutes: number }
  reservation: {
    task_id: string
    epoch: number
    handler_id: string
    office_id: string
    claimed_at: Date
    lease_ends_at: Date
    /** The idempotency key under which it was asked for. */
    request_key: string | null
    ended_at: Date | null
    ended_as: ReservationEnd | null
  }
  decision: {
    task_id: string
    epoch: number
    handler_id: string
    outcome: (typeof outcomes)[number]
    grounds: string
    decided_at: WrittenAt
  }
  information_request: {
    id: string
    task_id: string
    handler_id: string
    requested_on: IsoDate
    deadline_on: IsoDate
    missing: string[]
    note: string
    papers_on: IsoDate | null
    closed_at: Date | null
  }
}

export type Schema = HouseTables & BalancerTables & ImpartialityTables
export type BalancerRead = Read<Schema>
export type BalancerTx = Tx<Schema>
export type BalancerDoor = Door<Schema, BalancerAction>

/**
 * Background work of the house. `plan` runs at once; `route` half a minute after arrivals, so that many make one plan; `look`
 * soon after a plan that held something back.
 */
export const queues = [
  { name: 'plan', single: true, tries: 3, expireSeconds: 300 },
  { name: 'route', single: true, tries: 3, expireSeconds: 300 },
  { name: 'look', single: true, tries: 1, expireSeconds: 300 },
  { name: 'reconcile', single: true, tries: 2, expireSeconds: 900 },
  { name: 'tidy', single: true, tries: 2, expireSeconds: 300 },
  { name: 'recount', single: true, tries: 2, expireSeconds: 300 },
] as const satisfies readonly Queue[]
export type QueueName = (typeof queues)[number]['name']
