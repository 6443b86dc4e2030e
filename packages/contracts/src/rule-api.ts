import { benefits, languages } from '@tasain/vocabulary'
import * as z from 'zod'
import { instant, isoDate, ownWords } from './shapes.ts'

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
const ruleContent = {
  scope: ruleScope,
  value: ruleValue,
  from: isoDate,
  to: isoDate.nullable().default(null),
}
const endsInTime = (rule: { from: string; to: string | null }) => rule.to === null || rule.to >= rule.from
/** POST /rules and, for a new version of an existing rule, POST /rules/:id/versions. */
export const writeRule = z.object({ ...ruleContent, reason: ownWords(1000, 3) }).refine(endsInTime, { path: ['to'] })
export type WriteRule = z.input<typeof writeRule>
/** POST /rules/:id/end · /approve · /restore {version} */
export const endRule = z.object({ reason: ownWords(1000, 3) })
export const approveRule = z.object({ version: z.int() })
export const restoreRule = z.object({ version: z.int(), reason: ownWords(1000, 3) })

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


/** POST /rules/preview: what a rule would do, were it in force today; `rule` names the one it is a new version of. */
export const previewRule = z.object({ ...ruleContent, rule: z.uuid().optional() }).refine(endsInTime, { path: ['to'] })
export type PreviewRule = z.input<typeof previewRule>

const kind = { benefit: z.enum(benefits), language: z.enum(languages) }
/** What one plan made now would do: every flow, and the work that nobody permitted could do. */
const plannedNow = z.object({
  tasks: z.int(),
  minutes: z.int(),
  flows: z.array(z.object({ from: z.string(), to: z.string(), ...kind, tasks: z.int(), minutes: z.int() })),
  stuck: z.array(z.object({ office: z.string(), ...kind, tasks: z.int(), cause: z.string() })),
})
export type PlannedNow = z.infer<typeof plannedNow>
/** `queueDays`: at the end of each simulated week, null = endless; tasks moved and past due over all of them. */
const outlook = z.object({
  offices: z.array(
    z.object({
      office: z.string(),
      queueDays: z.array(z.number().nullable()),
      movedIn: z.int(),
      movedOut: z.int(),
      /** Decided after the due date, or still open past it at the end. */
      pastDue: z.int(),
    }),
  ),
  nation: z.object({ queueDays: z.array(z.number().nullable()), moved: z.int(), pastDue: z.int() }),
})
export type Outlook = z.infer<typeof outlook>
/** The answer: the same moment and the same weeks, with the rules as they are and with this one. Nothing is written. */
export const rulePreview = z.object({
  at: instant,
  now: z.object({ before: plannedNow, after: plannedNow }),
  weeks: z.object({ before: outlook, after: outlook }),
})
export type RulePreview = z.infer<typeof rulePreview>
