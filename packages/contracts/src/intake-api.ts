import { benefits, languages } from '@tasain/vocabulary'
import * as z from 'zod'
import { applicationStates, applicationTask, pageSummary } from './batch-api.ts'
import { fieldNames } from './form.ts'
import { formFieldTypes } from './form-words.ts'
import { channels } from './handover.ts'
import { box, codeText, instant, isoDate, openText, ownWords, whole } from './shapes.ts'

export const fieldStatuses = ['sure', 'doubtful', 'invalid', 'missing'] as const
export type FieldStatus = (typeof fieldStatuses)[number]

/** Fields an application is indexed by; the others of a form keep their own names. */
export const indexFields = [
  'benefit',
  'language',
  'arrivedOn',
  'hetu',
  'name',
  'postal',
  'address',
  'phone',
  'iban',
] as const

export const checkedField = z.object({
  name: z.string(),
  /** The value as people write it. An identity code is here in clear only for a clerk who is checking it. */
  value: z.string(),
  confidence: z.number(),
  status: z.enum(fieldStatuses),
  pageId: z.uuid().nullable(),
  box: box.nullable(),
  /** Who last settled it: reading, the batch cover or a clerk. */
  source: z.enum(['reading', 'cover', 'clerk']),
  /** Whether the application waits for this field. */
  required: z.boolean(),
  /**
   * How its form has it: what is written there, and what people call it, else what is printed beside it; empty in a
   * language that the form does not have it in, null where no known form says.
   */
  type: z.enum(formFieldTypes).nullable(),
  names: fieldNames.nullable(),
})
export type CheckedField = z.infer<typeof checkedField>

export const applicationSummary = z.object({
  id: z.uuid(),
  batchId: z.uuid(),
  state: z.enum(applicationStates),
  /** How its case stands, once it has been handed over; null while nothing is known of one. */
  task: applicationTask.nullable(),
  benefit: z.enum(benefits).nullable(),
  language: z.enum(languages).nullable(),
  arrivedOn: isoDate.nullable(),
  fileName: z.string(),
  pages: z.int(),
  doubtfulFields: z.int(),
  storedAt: instant,
  /** When a page could not be read: why. */
  reason: z.string().nullable(),
})
export type ApplicationSummary = z.infer<typeof applicationSummary>
/** GET /applications?state=to_check|all&batch=…: oldest first. */
export const applicationList = z.object({ applications: z.array(applicationSummary), total: z.int() })
export type ApplicationList = z.infer<typeof applicationList>

export const liftOutcomes = ['approved', 'refused', 'withdrawn'] as const
export type LiftOutcome = (typeof liftOutcomes)[number]
const pendingLift = z.object({
  id: z.uuid(),
  reason: z.string(),
  askedBy: z.string(),
  askedAt: instant,
  /** Whether the caller asked for it: then another person decides. */
  isOwn: z.boolean(),
})
export type PendingLift = z.infer<typeof pendingLift>
/** POST /applications/:id/lift: asks to lift the protection; it holds until another clerk of the office has approved. */
export const askLift = z.object({ reason: ownWords(1000, 3) })
/**
 * POST /applications/:id/lift/decision: `request` is the one that was read. Refusing takes a reason; only whoever asked
 * takes a request back. Answers the `application` of the detail.
 */
export const decideLift = z
  .object({ request: z.uuid(), outcome: z.enum(liftOutcomes), reason: ownWords(1000).default('') })
  .refine(({ outcome, reason }) => outcome !== 'refused' || reason.length >= 3, { path: ['reason'] })
export type DecideLift = z.input<typeof decideLift>
/** GET /applications/lifts: requests of the office that wait for somebody to decide, oldest first. */
export const liftList = z.object({
  lifts: z.array(pendingLift.omit({ reason: true }).extend({ applicationId: z.uuid(), fileName: z.string() })),
})
export type LiftList = z.infer<typeof liftList>

/** GET /applications/:id */
export const applicationDetail = z.object({
  application: applicationSummary.extend({
    version: z.int(),
    channel: z.enum(channels),
    scanningOffice: z.string(),
    homeOffice: z.string(),
    form: z.object({ code: z.string(), confidence: z.number() }).nullable(),
    restricted: z.boolean(),
    /** A request to lift the protection on which nobody has decided yet. */
    lift: pendingLift.nullable(),
  }),
  /** In the order of the paper; what does not stand on it comes first. */
  fields: z.array(checkedField),
  pages: z.array(pageSummary.extend({ width: z.int(), height: z.int(), text: z.string() })),
})
export type ApplicationDetail = z.infer<typeof applicationDetail>

/**
 * POST /applications/:id/corrections: what the clerk confirms or corrects; all in one, checked before anything is kept.
 * `version` is the one the clerk saw: a stale one is refused with `application.changed`. Answers the `application` of the
 * detail, without its fields.
 */
export const correctFields = z.object({
  version: whole,
  /** By name: those of the application, and those that every form shares; no other. */
  fields: z.record(codeText(40), openText(2000)),
  /** True takes effect at once; false is refused where protection holds, for it is lifted by two: see `askLift`. */
  restricted: z.boolean().optional(),
  /** Says that a date of arrival more than a year ago is right; one is refused with `application.arrived_long_ago` without it. */
  confirmOld: z.boolean().default(false),
})
export type CorrectFields = z.input<typeof correctFields>

/**
 * POST /search over the text of the pages on the office's desk, at most `limit` hits. A POST, because words that people
 * look for, an identity code by mistake among them, must not stand in an address.
 */
export const searchPages = z.object({ q: openText(200), limit: z.int().min(1).max(100).default(50) })
export const searchResult = z.object({
  hits: z.array(
    z.object({
      pageId: z.uuid(),
      applicationId: z.uuid().nullable(),
      batchId: z.uuid(),
      fileName: z.string(),
      storedAt: instant,
      /** Of its application; null where it has none. */
      state: z.enum(applicationStates).nullable(),
      task: applicationTask.nullable(),
      /** The text around the hit, with the matching words between « and ». */
      excerpt: z.string(),
      boxes: z.array(box),
    }),
  ),
  total: z.int(),
})
export type SearchResult = z.infer<typeof searchResult>
