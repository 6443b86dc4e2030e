import type {
  ApplicationState,
  BatchChange,
  Box,
  Channel,
  FieldStatus,
  FormState,
  LeftOut,
  LiftOutcome,
  outcomes,
  PageAnswer,
  PageQuestion,
  PageRole,
  PageState,
  Snapshot,
  TaskState,
} from '@tasain/contracts'
import type { HouseTables, Tx } from '@tasain/kit'
import type { Benefit, Language } from '@tasain/vocabulary'
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

export const schema = 'intake'
export const jobSchema = 'intake_jobs'

/** Text that is shown as it is, or encrypted because it is shaped like an identity code: one of the two. */
export type KeptField = {
  value: string | null
  cipher: string | null
  identity_index: string | null
  confidence: number
  status: FieldStatus
  box: Box | null
}
export type KeptWord = { text: string; confidence: number; box: Box }
export type KeptForm = { code: string; language: Language | null; benefit: Benefit | null; confidence: number }

/** What a cover sheet says, and whether it holds for the papers behind it. */
export type KeptCover = {
  office: string
  batchNumber: number
  benefit: Benefit | null
  language: Language | null
  holds: boolean
}
/** Where a page belongs and what was answered about it: all that a clerk's change of a batch may touch. */
export type PagePlace = {
  pageId: string
  applicationId: string | null
  position: number | null
  answer: PageAnswer | null
  leftOut: LeftOut | null
  /** Of a cover: whether it holds. */
  holds: boolean | null
}

/** A jsonb column: read as its value, written as JSON text (a bare array would become a PostgreSQL array). */
type Json<T> = ColumnType<T, string, string>

/** Tables of the schema `intake`, as the migrations make them. */
export type Schema = HouseTables & {
  office: { id: string; district: string; name_fi: string | null; name_sv: string | null }
  serving_area: { prefix: string; office: string }
  batch: {
    id: string
    number: GeneratedAlways<number>
    office: string
    channel: Channel
    benefit: Benefit | null
    language: Language | null
    arrived_on: string
    sheets_counted: number | null
    both_sides: Generated<boolean>
    opened_by: string
    opened_at: Generated<Date>
    closed_at: Date | null
    closed_because: ColumnType<string | null, string | null | undefined>
  }
  scan: {
    id: string
    batch_id: string
    office: string
    sha256: string
    file_name: string
    media_type: string
    bytes: number
    stored_by: string
    stored_at: Generated<Date>
    duplicate_of: string | null
    settled_as: 'new' | 'duplicate' | null
    divided_at: ColumnType<Date | null, Date | null | undefined>
  }
  upload: {
    id: string
    subject: string
    batch_id: string
    file_name: string
    idempotency_key: string
    bytes: number
    opened_at: Generated<Date>
    progressed_at: Generated<Date>
    finished_at: Date | null
    status: number | null
    response: ColumnType<unknown, string | null, string | null>
  }
  application: {
    id: string
    batch_id: string
    state: ApplicationState
    version: Generated<number>
    channel: Channel
    benefit: Benefit | null
    language: Language | null
    arrived_on: string | null
    due_on: string | null
    scanning_office: string
    home_office: string
    identified: Generated<boolean>
    applicant_index: string | null
    restricted: Generated<boolean>
    form_code: string | null
    form_confidence: number | null
    doubtful_fields: Generated<number>
    stored_at: Generated<Date>
    changed_at: Generated<Date>
  }
  protection_lift: {
    id: string
    application_id: string
    reason: string
    asked_by_subject: string
    asked_by_name: string
    asked_at: Generated<Date>
    outcome: LiftOutcome | null
    outcome_reason: string | null
    decided_by_subject: string | null
    decided_by_name: string | null
    decided_at: Date | null
  }
  page: {
    id: string
    scan_id: string
    number: number
    application_id: string | null
    state: PageState
    reason: string | null
    role: Generated<PageRole>
    cover: ColumnType<KeptCover | null, string | null | undefined, string | null>
    question: ColumnType<PageQuestion | null, PageQuestion | null | undefined>
    twin_id: ColumnType<string | null, string | null | undefined>
    answer: ColumnType<PageAnswer | null, PageAnswer | null | undefined>
    left_out: ColumnType<LeftOut | null, LeftOut | null | undefined>
    position: ColumnType<number | null, number | null | undefined>
    turn_at: ColumnType<Date | null, Date | null | undefined>
  }
  reading_turn: { queue: string; office: string; subject: string; given_at: Date }
  batch_change: {
    id: string
    batch_id: string
    kind: BatchChange
    before: Json<PagePlace[]>
    after: Json<PagePlace[]>
    made_by: string
    made_at: Generated<Date>
    undone_by: string | null
    undone_at: Date | null
  }
  handover: {
    application_id: string
    version: number
    snapshot: Json<Snapshot>
    written: GeneratedAlways<number>
    position: number | null
    made_at: Generated<Date>
  }
  task_standing: {
    application_id: string
    state: TaskState
    epoch: number
    /** Subject of the handler who holds it. */
    holder: string | null
    outcome: (typeof outcomes)[number] | null
    decided_at: Date | null
    /** Of the event last applied. */
    position: number
  }
  task_event_cursor: { id: Generated<number>; position: number; moved_at: Generated<Date> }
  reading: {
    id: string
    page_id: string
    engine: string
    latest: boolean
    width: number
    height: number
    rotation: number
    skew: number
    blank: boolean
    /** A cover or separator sheet and nothing else. */
    sheet: Generated<boolean>
    confidence: number
    form: ColumnType<KeptForm | null, string | null, string | null>
    barcodes: Json<unknown[]>
    fields: Json<Record<string, KeptField>>
    words: Json<KeptWord[]>
    text: string
    search_text: string
    text_read_at: ColumnType<Date | null, Date | null, Date>
    search: GeneratedAlways<string>
    read_at: Generated<Date>
  }
  application_field: KeptFieldRow
  form: {
    id: string
    state: FormState
    edition: Generated<number>
    draft: Json<unknown>
    definition: ColumnType<unknown, string | null | undefined, string | null>
    code: string | null
    version: string | null
    made_by: string
    made_at: Generated<Date>
    changed_by: string
    changed_at: Generated<Date>
    published_by: string | null
    published_at: Date | null
    withdrawn_by: string | null
    withdrawn_at: Date | null
  }
  form_blank: { form_id: string; image: Buffer; words: Json<unknown> }
  form_shelf: { is_only: Generated<boolean>; revision: number }
  correction: {
    id: string
    application_id: string
    version: number
    name: string
    old_value: string | null
    old_cipher: string | null
    new_value: string | null
    new_cipher: string | null
    corrected_by: string
    corrected_at: Generated<Date>
  }
}

type KeptFieldRow = Omit<KeptField, 'box'> & {
  application_id: string
  name: string
  page_id: string | null
  box: ColumnType<Box | null, string | null, string | null>
  source: 'reading' | 'cover' | 'clerk'
}

/** A transaction on intake's tables. */
export type IntakeTx = Tx<Schema>
