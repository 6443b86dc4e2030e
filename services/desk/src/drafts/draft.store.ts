import { draftDays, mostDrafts } from '@tasain/contracts'
import type { Read, Tx } from '@tasain/kit'
import { sql } from 'kysely'
import type { Schema } from '../schema.ts'
import type { DraftPlace, Version } from './draft.ts'

export type DraftRow = DraftPlace & Version & { sealed: string; savedAt: Date }

/** All that a person has in hand of one object. */
export async function listDrafts(read: Read<Schema>, subject: string, objectId: string): Promise<DraftRow[]> {
  const rows = await read
    .selectFrom('draft')
    .selectAll()
    .where('subject', '=', subject)
    .where('object_id', '=', objectId)
    .orderBy('kind')
    .execute()
  return rows.map(({ kind, writer, sequence, body, saved_at }) => ({
    subject,
    kind,
    objectId,
    writer,
    sequence,
    sealed: body,
    savedAt: saved_at,
  }))
}

export async function findDraft(read: Read<Schema>, place: DraftPlace): Promise<DraftRow | undefined> {
  return (await listDrafts(read, place.subject, place.objectId)).find(({ kind }) => kind === place.kind)
}

type NewDraft = DraftPlace & Version & { sealed: string; since: Version | null }

/**
 * Writes a draft over nothing, over an earlier writing of its own window, or over the version it was written on.
 * @returns when; undefined when another version stands there, which stays.
 */
export async function writeDraft(tx: Tx<Schema>, draft: NewDraft): Promise<Date | undefined> {
  const { subject, kind, objectId, writer, sequence, sealed, since } = draft
  const row = await tx
    .insertInto('draft')
    .values({ subject, kind, object_id: objectId, writer, sequence, body: sealed })
    .onConflict((conflict) =>
      conflict
        .columns(['subject', 'kind', 'object_id'])
        .doUpdateSet({ writer, sequence, body: sealed, saved_at: sql<Date>`now()` })
        .where((eb) =>
          eb.or([
            eb.and([eb('draft.writer', '=', writer), eb('draft.sequence', '<', sequence)]),
            ...(since ? [eb.and({ 'draft.writer': since.writer, 'draft.sequence': since.sequence })] : []),
          ]),
        ),
    )
    .returning('saved_at')
    .executeTakeFirst()
  return row?.saved_at
}

/** Throws away what a person has too much of, what is untouched the longest first. */
export async function trimDrafts(tx: Tx<Schema>, subject: string): Promise<void> {
  await sql`
    delete from draft d using (
      select kind, object_id from draft where subject = ${subject}
      order by saved_at desc, kind, object_id offset ${mostDrafts}
    ) surplus
    where d.subject = ${subject} and d.kind = surplus.kind and d.object_id = surplus.object_id`.execute(tx)
}

export async function deleteDraft(tx: Tx<Schema>, { subject, kind, objectId }: DraftPlace): Promise<void> {
  await tx
    .deleteFrom('draft')
    .where('subject', '=', subject)
    .where('kind', '=', kind)
    .where('object_id', '=', objectId)
    .execute()
}

/** @returns how many had been left untouched for too long. */
export async function deleteOldDrafts(tx: Tx<Schema>): Promise<number> {
  const oldest = sql<Date>`now() - make_interval(days => ${draftDays})`
  const result = await tx.deleteFrom('draft').where('saved_at', '<', oldest).executeTakeFirst()
  return Number(result.numDeletedRows)
}
