import { benefits, languages } from '@tasain/vocabulary'
import * as z from 'zod'
import { ruleLimits } from './rule-limits.ts'
import { codeText, instant, isoDate, ownWords, whole } from './shapes.ts'

/** A sentence in each language. */
const text = z.object({ fi: z.string(), sv: z.string(), en: z.string() })

const ruleScope = z.union([
  z.object({ office: codeText(80) }).strict(),
  z.object({ district: codeText(80) }).strict(),
  z.object({ region: codeText(80) }).strict(),
  z.object({}).strict(),
])
export type RuleScope = z.infer<typeof ruleScope>
const allow = z.boolean()
const days = z.int().min(1).max(999)
/** As fine as it is shown: hundredths of a per cent. */
const share = z.number().min(0).max(1).multipleOf(0.0001)
/** What a rule says, by kind; each means what the planner's rule of that name does. */
export const ruleValue = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('export'), allow }),
  z.object({ kind: z.literal('import'), allow }),
  z.object({ kind: z.literal('accept'), benefits: z.array(z.enum(benefits)) }),
  z.object({ kind: z.literal('reach'), within: z.enum(['district', 'region', 'nation']) }),
  z
    .object({ kind: z.literal('threshold'), exportAboveDays: days, importBelowDays: days })
    .refine((value) => value.importBelowDays < value.exportAboveDays, { path: ['importBelowDays'] }),
  /** Shares a day: 0.1 = a tenth, of the open minutes at midnight and of the minutes of a working day. */
  z.object({ kind: z.literal('shareOut'), max: share }),
  z.object({ kind: z.literal('shareIn'), max: share }),
  /** Minutes a calendar month between two offices, districts or regions; `minMinutes` of them are an order. */
  z
    .object({
      kind: z.literal('quota'),
      giver: codeText(80),
      receiver: codeText(80),
      minutesPerMonth: z.int().min(0).max(60_000_000),
      minMinutes: z.int().min(0).max(60_000_000).default(0),
    })
    .refine((value) => value.giver !== value.receiver, { path: ['receiver'] })
    .refine((value) => value.minMinutes <= value.minutesPerMonth, { path: ['minMinutes'] }),
  z.object({ kind: z.literal('blackout') }),
  /** Never nothing: work with a legal deadline is not made free to be late. */
  z.object({
    kind: z.literal('weight'),
    benefit: z.enum(benefits),
    factor: z.number().min(ruleLimits.factor.least).max(ruleLimits.factor.most),
  }),
])
export type RuleValue = z.infer<typeof ruleValue>
const ruleContent = {
  /** Of a quota always the nation: it names its own two ends. */
  scope: ruleScope,
  value: ruleValue,
  /** Ids of rules set aside at the offices of the scope while this one holds there; none for a quota. */
  lifts: z.array(z.uuid()).max(20).default([]),
  from: isoDate,
  to: isoDate.nullable().default(null),
}
type Content = { scope: RuleScope; value: RuleValue; lifts: string[]; from: string; to: string | null }
const endsInTime = ({ from, to }: Content) => to === null || to >= from
const standsAlone = ({ scope, value, lifts }: Content) =>
  value.kind !== 'quota' || (Object.keys(scope).length === 0 && lifts.length === 0)
/** POST /rules. */
export const writeRule = z
  .object({ ...ruleContent, reason: ownWords(1000, 3) })
  .refine(endsInTime, { path: ['to'] })
  .refine(standsAlone, { path: ['scope'] })
export type WriteRule = z.input<typeof writeRule>
/** POST /rules/:id/versions: a new version, begun when `since` was the rule's latest one. */
export const changeRule = z
  .object({ ...ruleContent, reason: ownWords(1000, 3), since: whole })
  .refine(endsInTime, { path: ['to'] })
  .refine(standsAlone, { path: ['scope'] })
export type ChangeRule = z.input<typeof changeRule>
/** POST /rules/preview and /rules/check: a rule that is not written yet; `rule` names the one it is a new version of. */
export const previewRule = z
  .object({ ...ruleContent, rule: z.uuid().optional() })
  .refine(endsInTime, { path: ['to'] })
  .refine(standsAlone, { path: ['scope'] })
export type PreviewRule = z.input<typeof previewRule>
/** The answer of /rules/check: what the rule contradicts, so that it could not be saved, and what to think of first. */
export const ruleCheck = z.object({ faults: z.array(text), warnings: z.array(text), needsApproval: z.boolean() })
export type RuleCheck = z.infer<typeof ruleCheck>

/** POST /rules/:id/end · /withdraw {version} · /approve {version} · /restore {version} */
export const endRule = z.object({ reason: ownWords(1000, 3) })
export const withdrawRule = z.object({ version: whole, reason: ownWords(1000, 3) })
export const approveRule = z.object({ version: whole })
export const restoreRule = z.object({ version: whole, reason: ownWords(1000, 3) })

/** A `draft` waits for a second manager, until it is approved, `replaced` by a later version, or `withdrawn`. */
export const ruleStates = ['draft', 'coming', 'in_force', 'ended', 'replaced', 'withdrawn'] as const
export type RuleState = (typeof ruleStates)[number]
/** What can be done with a rule; `restore` makes a new version of an earlier one. */
export const ruleActs = ['approve', 'change', 'end', 'withdraw', 'restore'] as const
export type RuleAct = (typeof ruleActs)[number]
const version = {
  id: z.uuid(),
  version: z.int(),
  state: z.enum(ruleStates),
  scope: ruleScope,
  value: ruleValue,
  lifts: z.array(z.uuid()),
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
  withdrawn: z.object({ by: z.string(), at: instant, reason: z.string() }).nullable(),
  /** True when whoever asked could end the rule only together with a second manager. */
  endNeedsApproval: z.boolean(),
  /** What whoever asked may do with it as it stands. */
  allows: z.array(z.enum(ruleActs)),
}
export const ruleVersion = z.object(version)
export type RuleVersion = z.infer<typeof ruleVersion>
/** GET /rules/:id/versions: all of one rule, newest first. */
export const ruleList = z.object({ rules: z.array(ruleVersion) })
export type RuleList = z.infer<typeof ruleList>
const listedRule = z.object({
  ...version,
  /** What waits to take its place, for its first day or for a second manager; newest first. */
  ahead: z.array(ruleVersion),
  /** Why it does nothing today, although it is in force. */
  warnings: z.array(text),
})
export type ListedRule = z.infer<typeof listedRule>
/** GET /rules: of each the version in force, else the one to come, else the latest. */
export const listedRules = z.object({ rules: z.array(listedRule) })
export type ListedRules = z.infer<typeof listedRules>

const kind = { benefit: z.enum(benefits), language: z.enum(languages) }
/** What one plan made now would do: every flow, and the work that nobody permitted could do. */
const plannedNow = z.object({
  tasks: z.int(),
  minutes: z.int(),
  flows: z.array(z.object({ from: z.string(), to: z.string(), ...kind, tasks: z.int(), minutes: z.int() })),
  stuck: z.array(z.object({ office: z.string(), ...kind, tasks: z.int(), cause: z.string() })),
})
export type PlannedNow = z.infer<typeof plannedNow>
/**
 * `queueDays`: at the end of each simulated week, null = endless. `pastDue`: share (0 to 1) of the tasks open or come in
 * that were decided after their due date, or still lay open past it at the end.
 */
const outlook = z.object({
  offices: z.array(
    z.object({
      office: z.string(),
      queueDays: z.array(z.number().nullable()),
      movedIn: z.int(),
      movedOut: z.int(),
      pastDue: z.number(),
    }),
  ),
  nation: z.object({ queueDays: z.array(z.number().nullable()), moved: z.int(), pastDue: z.number(), tasks: z.int() }),
})
export type Outlook = z.infer<typeof outlook>
/** The answer of /rules/preview, as if the rule began today: the same moment and the same weeks, with the rules as they are and with this one. Nothing is written. */
export const rulePreview = z.object({
  at: instant,
  now: z.object({ before: plannedNow, after: plannedNow }),
  weeks: z.object({ before: outlook, after: outlook }),
})
export type RulePreview = z.infer<typeof rulePreview>
