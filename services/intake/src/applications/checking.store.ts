import type { ApplicationDetail, ApplicationSummary, CheckedField, FormDefinition } from '@tasain/contracts'
import type { IdentityCipher, Read } from '@tasain/kit'
import { type InferResult, sql } from 'kysely'
import { isOnTheDesk, isToCheck } from '../grant.store.ts'
import { isInDoubt } from '../indexing/documents/question.store.ts'
import { listFields } from '../indexing/fields.store.ts'
import { type IndexField, isRequired, requiredFields } from '../indexing/fields.ts'
import { sortAsOnPaper } from '../indexing/paper-order.ts'
import type { Schema } from '../schema.ts'
import { shownTask } from '../tasks/standing.store.ts'
import { findPendingLift } from './lift.store.ts'

export type ListAsked = {
  office: string
  state: 'to_check' | 'all'
  batch: string | undefined
  limit: number
  offset: number
}

/** Applications scanned in the office that its clerks may look at, oldest first, and how many there are. */
export async function listApplications(
  db: Read<Schema>,
  asked: ListAsked,
): Promise<{ applications: ApplicationSummary[]; total: number }> {
  const { batch, state } = asked
  let query = selectApplications(db)
    .where('application.scanning_office', '=', asked.office)
    .where('application.state', '<>', 'withdrawn')
    .where(isOnTheDesk)
  if (batch !== undefined) query = query.where('application.batch_id', '=', batch)
  if (state === 'to_check') query = query.where(isToCheck)
  const { total } = await query
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await query
    .orderBy('application.stored_at')
    .orderBy('application.id')
    .limit(asked.limit)
    .offset(asked.offset)
    .execute()
  return { applications: rows.map(describeSummary), total }
}

/** One application with its fields and pages, and what decides who may see it. `forms`: those that name their fields. */
export async function findApplication(
  db: Read<Schema>,
  id: string,
  { cipher, forms, subject }: { cipher: IdentityCipher; forms: readonly FormDefinition[]; subject: string },
) {
  const row = await selectApplications(db)
    .select(isOnTheDesk.as('onTheDesk'))
    .where('application.id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const pages = await listPages(db, id)
  const detail: ApplicationDetail = {
    application: {
      ...describeSummary(row),
      version: row.version,
      channel: row.channel,
      scanningOffice: row.scanning_office,
      homeOffice: row.home_office,
      form: row.form_code === null ? null : { code: row.form_code, confidence: row.form_confidence ?? 0 },
      restricted: row.restricted,
      lift: (await findPendingLift(db, id, subject)) ?? null,
    },
    fields: describeFields(
      await listFields(db, id),
      cipher,
      forms.filter(({ code }) => code === row.form_code),
      pages.map((page) => page.id),
    ),
    pages,
  }
  return {
    detail,
    paper: { office: row.scanning_office, applicationId: id, onTheDesk: row.onTheDesk, restricted: row.restricted },
  }
}

async function listPages(db: Read<Schema>, applicationId: string): Promise<ApplicationDetail['pages']> {
  const rows = await db
    .selectFrom('page')
    .innerJoin('scan', 'scan.id', 'page.scan_id')
    .leftJoin('reading', (join) => join.onRef('reading.page_id', '=', 'page.id').on('reading.latest', '=', true))
    .select(['page.id', 'page.number', 'page.state', 'page.reason', 'reading.width', 'reading.height', 'reading.text'])
    .where('page.application_id', '=', applicationId)
    .where('page.left_out', 'is', null)
    .orderBy('page.position')
    .orderBy('scan.stored_at')
    .orderBy('page.number')
    .execute()
  // Before it is read a page has no upright size yet.
  return rows.map((row) => ({ ...row, width: row.width ?? 0, height: row.height ?? 0, text: row.text ?? '' }))
}

/** The fields as shown, in the order of the paper, with an empty one for each that is required and not there. */
function describeFields(
  fields: readonly IndexField[],
  cipher: IdentityCipher,
  forms: readonly FormDefinition[],
  pages: readonly string[],
): CheckedField[] {
  const names = new Set(fields.map(({ name }) => name))
  const shown = fields.map((field) => ({
    name: field.name,
    value: field.cipher === null ? (field.value ?? '') : cipher.decryptText(field.cipher),
    confidence: field.confidence,
    status: field.status,
    pageId: field.pageId,
    box: field.box,
    source: field.source,
    required: isRequired(field.name),
    ...describeMeaning(forms, field.name),
  }))
  const missing = requiredFields.flatMap((name) =>
    names.has(name) ? [] : [{ name, value: '', confidence: 0, status: 'missing' as const, required: true }],
  )
  const nowhere = { pageId: null, box: null, source: 'reading' as const }
  const all = [...shown, ...missing.map((field) => ({ ...field, ...nowhere, ...describeMeaning(forms, field.name) }))]
  return sortAsOnPaper(all, (name) => findOnForm(forms, name)?.field.region, pages)
}

/** What its form calls a field; in the form's own language, where nobody has said it, what is printed beside it. */
function describeMeaning(versions: readonly FormDefinition[], name: string): Pick<CheckedField, 'type' | 'names'> {
  const found = findOnForm(versions, name)
  if (found === undefined) return { type: null, names: null }
  const { field, language } = found
  const { fi, sv } = field.names ?? { fi: '', sv: '' }
  const printed = { fi: '', sv: '', [language]: field.label.slice(0, 80) }
  return { type: field.type, names: { fi: fi || printed.fi, sv: sv || printed.sv } }
}

/** By the newest version of the form that has the field. */
function findOnForm(versions: readonly FormDefinition[], name: string) {
  for (const { fields, language } of versions) {
    const field = fields.find((one) => one.name === name)
    if (field !== undefined) return { field, language }
  }
  return undefined
}

function selectApplications(db: Read<Schema>) {
  return db
    .selectFrom('application')
    .innerJoin('batch', 'batch.id', 'application.batch_id')
    .selectAll('application')
    .select((eb) => [
      shownTask.as('task'),
      eb
        .selectFrom('page')
        .innerJoin('scan', 'scan.id', 'page.scan_id')
        .select(
          sql<{ fileName: string; pages: number; reason: string | null }>`json_build_object(
            'fileName', min(scan.file_name), 'pages', count(*), 'reason', coalesce(min(page.reason), case
              when not bool_and(${isInDoubt}) then null
              when bool_or(page.question = 'same_page') then 'application.same_pages'
              else 'application.blank_pages' end))`.as('paper'),
        )
        .whereRef('page.application_id', '=', 'application.id')
        .where('page.left_out', 'is', null)
        .as('paper'),
    ])
}

function describeSummary(row: InferResult<ReturnType<typeof selectApplications>>[number]): ApplicationSummary {
  return {
    id: row.id,
    batchId: row.batch_id,
    state: row.state,
    task: row.task,
    benefit: row.benefit,
    language: row.language,
    arrivedOn: row.arrived_on,
    fileName: row.paper?.fileName ?? '',
    pages: row.paper?.pages ?? 0,
    doubtfulFields: row.doubtful_fields,
    storedAt: row.stored_at.toISOString(),
    reason: row.paper?.reason ?? null,
  }
}
