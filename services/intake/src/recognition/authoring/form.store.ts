import {
  type FormDefinition,
  type FormDetail,
  type FormDraft,
  type FormSaved,
  type FormState,
  type FormSummary,
  flattenCode,
  formDetail,
  formDraft,
  type KnownForm,
  type PrintedWord,
  printedWord,
} from '@tasain/contracts'
import { type Read, refuse } from '@tasain/kit'
import { newId } from '@tasain/vocabulary'
import { type Kysely, sql, type UpdateObject } from 'kysely'
import * as z from 'zod'
import type { IntakeTx, Schema } from '../../schema.ts'
import type { Shelf } from '../forms/shelf.store.ts'
import { hideIdentityFields, maskWords, toJson } from '../kept-reading.store.ts'

/** Every form made here, as it is listed: by code and the newest first. */
export async function listFormRows(db: Read<Schema>): Promise<Omit<FormSummary, 'isNewest'>[]> {
  const rows = await db
    .selectFrom('form')
    .select(['id', 'state', 'draft', 'changed_at'])
    .orderBy(sql`upper(draft->>'code')`)
    .orderBy('changed_at', 'desc')
    .execute()
  return rows.map(({ id, state, draft, changed_at }) => {
    const { code, version, title, language, benefit, fields } = readDraft(draft)
    const changedAt = changed_at.toISOString()
    return { id, state, code, version, title, language, benefit, fields: fields.length, changedAt }
  })
}

/** A draft as it was kept; its code and version without the blanks around them, as the definition has them. */
function readDraft(kept: unknown): FormDraft {
  const draft = formDraft.parse(kept)
  return { ...draft, code: draft.code.trim(), version: draft.version.trim() }
}

/** All forms there are, those that ship too, drafts first; the newest version of each code is marked. */
export function summariseForms({ forms }: Shelf, rows: readonly Omit<FormSummary, 'isNewest'>[]): FormSummary[] {
  const isPublished = (code: string, version: string) =>
    rows.some((row) => row.state === 'published' && row.code === code && row.version === version)
  const isNewest = (code: string, version: string) =>
    forms.find((form) => flattenCode(form.code) === flattenCode(code))?.version === version
  const shipped = forms
    .filter(({ code, version }) => !isPublished(code, version))
    .map(({ code, version, title, language, benefit, fields }) => ({
      id: null,
      state: 'shipped' as const,
      code,
      version,
      title,
      language,
      benefit,
      fields: fields.length,
      changedAt: null,
    }))
  const order = ['draft', 'published', 'shipped', 'withdrawn'] as const
  return [...rows, ...shipped]
    .map((row) => ({
      ...row,
      isNewest: row.state !== 'draft' && row.state !== 'withdrawn' && isNewest(row.code, row.version),
    }))
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
}

/** What of the forms that pages are read by others must not clash with; without the form of this id itself. */
export function listKnownForms({ forms }: Shelf, own?: Pick<FormDraft, 'code' | 'version'>): KnownForm[] {
  return forms
    .filter(({ code, version }) => own === undefined || code !== own.code || version !== own.version)
    .map(({ code, version, barcode }) => ({ code, version, begins: barcode?.begins ?? null }))
}

/** @throws request.not_found */
export async function getForm(db: Read<Schema>, id: string, shelf: Shelf): Promise<FormDetail> {
  const row = await db
    .selectFrom('form')
    .innerJoin('form_blank', 'form_blank.form_id', 'form.id')
    .selectAll('form')
    .select('form_blank.words')
    .where('form.id', '=', id)
    .executeTakeFirst()
  if (!row) throw refuse('request.not_found')
  const draft = readDraft(row.draft)
  return formDetail.parse({
    id,
    state: row.state,
    edition: row.edition,
    draft,
    words: row.words,
    known: listKnownForms(shelf, row.state === 'published' ? draft : undefined),
    changedAt: row.changed_at.toISOString(),
    publishedAt: row.published_at?.toISOString() ?? null,
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
  })
}

/** The picture of the blank as WebP. @throws request.not_found */
export async function getBlankImage(db: Read<Schema>, id: string): Promise<Buffer> {
  const row = await db.selectFrom('form_blank').select('image').where('form_id', '=', id).executeTakeFirst()
  if (!row) throw refuse('request.not_found')
  return row.image
}

/** @throws request.not_found */
export async function getDraft(db: Read<Schema>, id: string): Promise<FormDraft> {
  const row = await db.selectFrom('form').select('draft').where('id', '=', id).executeTakeFirst()
  if (!row) throw refuse('request.not_found')
  return readDraft(row.draft)
}

/** Keeps a form in the making and its blank. Should that be filled in, no identity code stands among its words. */
export async function insertForm(
  tx: IntakeTx,
  made: { draft: FormDraft; image: Buffer; words: readonly PrintedWord[]; by: string },
): Promise<string> {
  const id = newId()
  const places = Object.fromEntries(made.draft.fields.map(({ name, region }) => [name, { box: region }]))
  const { words } = hideIdentityFields(places, { text: '', words: made.words })
  await tx
    .insertInto('form')
    .values({ id, state: 'draft', draft: toJson(made.draft), made_by: made.by, changed_by: made.by })
    .execute()
  await tx
    .insertInto('form_blank')
    .values({ form_id: id, image: made.image, words: toJson(maskWords(words)) })
    .execute()
  return id
}

/**
 * Takes hold of a form until the transaction ends.
 * @throws request.not_found, form.changed when somebody has changed it since this edition.
 */
export async function lockForm(
  tx: IntakeTx,
  id: string,
  edition: number,
): Promise<{ state: FormState; draft: FormDraft }> {
  const row = await tx
    .selectFrom('form')
    .select(['state', 'draft', 'edition'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw refuse('request.not_found')
  if (row.edition !== edition) throw refuse('form.changed')
  return { state: row.state, draft: readDraft(row.draft) }
}

type Change = UpdateObject<Schema, 'form'>
const now = sql<Date>`clock_timestamp()`

export const saveDraft = (tx: IntakeTx, id: string, by: string, draft: FormDraft): Promise<FormSaved> =>
  changeForm(tx, id, by, { draft: toJson(draft) })

export const publishForm = (tx: IntakeTx, id: string, by: string, definition: FormDefinition): Promise<FormSaved> =>
  changeForm(tx, id, by, {
    state: 'published',
    definition: toJson(definition),
    code: definition.code,
    version: definition.version,
    published_by: by,
    published_at: now,
  })

export const withdrawForm = (tx: IntakeTx, id: string, by: string): Promise<FormSaved> =>
  changeForm(tx, id, by, { state: 'withdrawn', withdrawn_by: by, withdrawn_at: now })

/** Changes a form held by `lockForm`. @returns what the next change must name. */
async function changeForm(tx: IntakeTx, id: string, by: string, change: Change): Promise<FormSaved> {
  const row = await tx
    .updateTable('form')
    .set({ ...change, edition: sql<number>`edition + 1`, changed_by: by, changed_at: now })
    .where('id', '=', id)
    .returning(['edition', 'changed_at'])
    .executeTakeFirstOrThrow()
  return { edition: row.edition, changedAt: row.changed_at.toISOString() }
}

export async function deleteForm(tx: IntakeTx, id: string): Promise<void> {
  await tx.deleteFrom('form').where('id', '=', id).execute()
}

/** Throws away drafts that nobody has changed for so long: their blanks may be copies that somebody filled in. @returns how many. */
export async function deleteForgottenDrafts(db: Kysely<Schema>, olderThanDays: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('form')
    .where('state', '=', 'draft')
    .where('changed_at', '<', sql<Date>`now() - make_interval(days => ${olderThanDays})`)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** A draft of its own with the same blank, to make the next version from. */
export async function copyForm(tx: IntakeTx, id: string, draft: FormDraft, by: string): Promise<string> {
  const blank = await tx
    .selectFrom('form_blank')
    .select(['image', 'words'])
    .where('form_id', '=', id)
    .executeTakeFirst()
  if (!blank) throw refuse('request.not_found')
  return await insertForm(tx, { draft, image: blank.image, words: z.array(printedWord).parse(blank.words), by })
}
