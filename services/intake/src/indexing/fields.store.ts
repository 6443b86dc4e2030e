import type { Read } from '@tasain/kit'
import { newId } from '@tasain/vocabulary'
import type { IntakeTx, Schema } from '../schema.ts'
import type { IndexField, PageFinding } from './fields.ts'

/** What was found on each page of an application, in the order of the paper. */
export async function listFindings(db: Read<Schema>, applicationId: string): Promise<PageFinding[]> {
  const rows = await db
    .selectFrom('page')
    .innerJoin('scan', 'scan.id', 'page.scan_id')
    .innerJoin('reading', (join) => join.onRef('reading.page_id', '=', 'page.id').on('reading.latest', '=', true))
    .select(['page.id as pageId', 'reading.form', 'reading.fields'])
    .where('page.application_id', '=', applicationId)
    .where('page.left_out', 'is', null)
    .orderBy('page.position')
    .orderBy('scan.stored_at')
    .orderBy('page.number')
    .execute()
  return rows.map(({ pageId, form, fields }) => ({ pageId, form, fields }))
}

export async function listFields(db: Read<Schema>, applicationId: string): Promise<IndexField[]> {
  const rows = await db
    .selectFrom('application_field')
    .selectAll()
    .where('application_id', '=', applicationId)
    .orderBy('name')
    .execute()
  return rows.map(({ application_id: _application, page_id: pageId, ...field }) => ({ ...field, pageId }))
}

export async function replaceFields(tx: IntakeTx, applicationId: string, fields: readonly IndexField[]): Promise<void> {
  await tx.deleteFrom('application_field').where('application_id', '=', applicationId).execute()
  if (fields.length === 0) return
  await tx
    .insertInto('application_field')
    .values(
      fields.map(({ pageId, box, ...field }) => ({
        ...field,
        application_id: applicationId,
        page_id: pageId,
        box: box && JSON.stringify(box),
      })),
    )
    .execute()
}

/** What a clerk changed; rows are only ever added. */
export async function appendCorrections(
  tx: IntakeTx,
  by: { applicationId: string; version: number; subject: string },
  changes: readonly { before: IndexField | undefined; after: IndexField }[],
): Promise<void> {
  if (changes.length === 0) return
  await tx
    .insertInto('correction')
    .values(
      changes.map(({ before, after }) => ({
        id: newId(),
        application_id: by.applicationId,
        version: by.version,
        name: after.name,
        old_value: before?.value ?? null,
        old_cipher: before?.cipher ?? null,
        new_value: after.value,
        new_cipher: after.cipher,
        corrected_by: by.subject,
      })),
    )
    .execute()
}
