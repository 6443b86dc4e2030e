import { benefits, languages } from '@tasain/vocabulary'
import * as z from 'zod'
import { taskStates } from './balancer-api.ts'
import { channels } from './handover.ts'
import { instant, isoDate, ownWords } from './shapes.ts'

const sheets = z.int().min(1).max(10_000).nullable()

// POST /batches
export const openBatch = z.object({
  channel: z.enum(channels).default('office_paper'),
  /** From the batch cover: used where reading finds nothing. */
  benefit: z.enum(benefits).nullable().default(null),
  language: z.enum(languages).nullable().default(null),
  /** Today in Helsinki when absent. */
  arrivedOn: isoDate.optional(),
  /** Says that a date of arrival more than a year ago is right; one is refused with `application.arrived_long_ago` without it. */
  confirmOld: z.boolean().default(false),
  /** How many sheets were put into the scanner, covers and separators among them; the batch says when pages differ. */
  sheetsCounted: sheets.default(null),
  /** Whether the scanner takes both sides: then each sheet is two pages. */
  bothSides: z.boolean().default(false),
})
export type OpenBatch = z.input<typeof openBatch>

/** POST /batches/:id/count: the sheets counted anew; null when nobody counts. */
export const countSheets = z.object({ sheetsCounted: sheets, bothSides: z.boolean().default(false) })
export type CountSheets = z.input<typeof countSheets>

/** POST /batches/:id/close: why, where the pages stored are not those counted in; else refused with batch.does_not_tally. */
export const closeBatch = z.object({ reason: ownWords(500, 3).optional() })
export type CloseBatch = z.infer<typeof closeBatch>

export const pageStates = ['stored', 'read', 'set_aside', 'duplicate'] as const
export type PageState = (typeof pageStates)[number]

export const pageSummary = z.object({
  id: z.uuid(),
  number: z.int(),
  state: z.enum(pageStates),
  /** Why the page was set aside: a refusal code of the `scan` family. */
  reason: z.string().nullable(),
})

// `withdrawn`: none of its pages are left, or the papers were taken back.
export const applicationStates = ['reading', 'incomplete', 'unidentified', 'handed_over', 'withdrawn'] as const
export type ApplicationState = (typeof applicationStates)[number]

/** How the task of an application stands at the balancer; `decidedAt` of a decided one. */
export const applicationTask = z.object({ state: z.enum(taskStates), decidedAt: instant.nullable() })
export type ApplicationTask = z.infer<typeof applicationTask>

/** What a scanned page is: one of an application, or a sheet that orders the papers around it. */
export const pageRoles = ['page', 'cover', 'separator'] as const
export type PageRole = (typeof pageRoles)[number]
/**
 * What a clerk is asked about a page: whether it is blank, the same as another page of the batch, whether a cover that was
 * made for another office or batch holds here, or whether a page with a separator's code and much else on it is one.
 */
export const pageQuestions = ['blank', 'same_page', 'other_cover', 'separator'] as const
export type PageQuestion = (typeof pageQuestions)[number]
/** `accepted`: it is as asked; `kept`: it is not. */
export const pageAnswers = ['accepted', 'kept'] as const
export type PageAnswer = (typeof pageAnswers)[number]
/** Why a page that came with an application is none of its pages; it stays stored and may be taken back. */
export const leftOutReasons = ['blank', 'duplicate', 'set_aside'] as const
export type LeftOut = (typeof leftOutReasons)[number]

export const batchPage = pageSummary.extend({
  /** The application it came with; null for sheets that order the papers, and for a file that was scanned before. */
  applicationId: z.uuid().nullable(),
  role: z.enum(pageRoles),
  /** Of a cover: what it says, and whether that holds for the papers behind it. */
  cover: z
    .object({
      office: z.string(),
      batchNumber: z.int(),
      benefit: z.enum(benefits).nullable(),
      language: z.enum(languages).nullable(),
      holds: z.boolean(),
    })
    .nullable(),
  question: z.enum(pageQuestions).nullable(),
  answer: z.enum(pageAnswers).nullable(),
  /** The page it may be the same as. */
  twinId: z.uuid().nullable(),
  leftOut: z.enum(leftOutReasons).nullable(),
})
export type BatchPage = z.infer<typeof batchPage>

export const scanSummary = z.object({
  id: z.uuid(),
  fileName: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  storedAt: instant,
  pages: z.array(batchPage),
  /** The first of the applications its pages became; null when they became none. */
  applicationId: z.uuid().nullable(),
  /** The earlier scan of exactly the same bytes in this office, when there is one. */
  duplicateOf: z.object({ scanId: z.uuid(), batchId: z.uuid(), storedAt: instant }).nullable(),
  /** What was decided about such a scan; null while it waits. */
  settledAs: z.enum(['new', 'duplicate']).nullable(),
})
export type ScanSummary = z.infer<typeof scanSummary>

/** Where the pages of a batch are. Every page stored is in one of the places. */
export const tally = z.object({
  /** How many pages the sheets counted in should give; null when nobody counted. */
  expected: z.int().nullable(),
  /** How many more pages are stored than expected, fewer when negative; null when nobody counted. */
  difference: z.int().nullable(),
  inApplications: z.int(),
  covers: z.int(),
  separators: z.int(),
  blanks: z.int(),
  duplicates: z.int(),
  setAside: z.int(),
  /** Still being read, so that nobody knows where they belong. */
  unread: z.int(),
  /** Of files scanned before, about which nobody has decided. */
  undecided: z.int(),
})
export type Tally = z.infer<typeof tally>

export const batch = z.object({
  id: z.uuid(),
  number: z.int(),
  office: z.string(),
  channel: z.enum(channels),
  benefit: z.enum(benefits).nullable(),
  language: z.enum(languages).nullable(),
  arrivedOn: isoDate,
  sheetsCounted: z.int().nullable(),
  bothSides: z.boolean(),
  openedAt: instant,
  closedAt: instant.nullable(),
  /** Why it was closed although its pages are not those counted in. */
  closedBecause: z.string().nullable(),
  counts: z.object({
    scans: z.int(),
    pages: z.int(),
    read: z.int(),
    setAside: z.int(),
    duplicates: z.int(),
    toCheck: z.int(),
    /** Pages about which a clerk is asked something. */
    asked: z.int(),
  }),
  tally,
})
export type Batch = z.infer<typeof batch>
/** GET /batches */
export const batchList = z.object({ batches: z.array(batch) })

/** What clerks do to the pages of a batch. */
export const batchChanges = ['split', 'join', 'move', 'accept', 'keep', 'set_aside', 'take_back'] as const
export type BatchChange = (typeof batchChanges)[number]

/** GET /batches/:id · POST /batches/:id/discard (one that holds nothing) */
export const batchDetail = z.object({
  batch,
  scans: z.array(scanSummary),
  /** The applications that the pages became, in the order of the paper, each with all the pages that came with it. */
  documents: z.array(
    z.object({
      applicationId: z.uuid(),
      state: z.enum(applicationStates),
      task: applicationTask.nullable(),
      formCode: z.string().nullable(),
      benefit: z.enum(benefits).nullable(),
      language: z.enum(languages).nullable(),
      pageIds: z.array(z.uuid()),
    }),
  ),
  /** The newest change that can be undone. */
  lastChange: z.object({ id: z.uuid(), kind: z.enum(batchChanges), madeAt: instant }).nullable(),
})
export type BatchDetail = z.infer<typeof batchDetail>

/**
 * POST /batches/:id/arrange. `split`: a new document begins at the page; `join`: the page's document goes to the one before
 * it; `move`: the page goes into a document, before one of its pages or last; `accept`, `keep`: answers what is asked about
 * the page; `set_aside`, `take_back`: leaves the page out of its application, or puts it back.
 */
export const arrangeBatch = z.discriminatedUnion('do', [
  z.object({ do: z.enum(['split', 'join', 'accept', 'keep', 'set_aside', 'take_back']), pageId: z.uuid() }),
  z.object({ do: z.literal('move'), pageId: z.uuid(), applicationId: z.uuid(), before: z.uuid().nullable() }),
])
export type ArrangeBatch = z.infer<typeof arrangeBatch>

/** POST /batches/:id/undo: takes back the newest change, which the clerk must have seen as such. */
export const undoChange = z.object({ changeId: z.uuid() })

/** POST /batches/:id/scans (multipart, field `file`) and the end of a resumable upload (`/uploads`, tus). */
export const stored = z.object({ state: z.enum(['stored', 'duplicate']), scan: scanSummary })
export type Stored = z.infer<typeof stored>

/** POST /scans/:id/settle: what to do with a duplicate (`undecided` takes back `duplicate`), or with a page that was set aside. */
export const settleScan = z.object({ as: z.enum(['new', 'duplicate', 'undecided', 'read_again']) })
