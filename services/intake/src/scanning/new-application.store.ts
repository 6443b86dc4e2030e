import { dueOn } from '@tasain/vocabulary'
import type { Selectable } from 'kysely'
import type { IntakeTx, Schema } from '../schema.ts'

/** The application that a new scan begins; what it is about is known from the batch cover at most. */
export async function insertApplication(
  tx: IntakeTx,
  id: string,
  batch: Pick<Selectable<Schema['batch']>, 'id' | 'office' | 'channel' | 'benefit' | 'language' | 'arrived_on'>,
  restricted = false,
): Promise<void> {
  await tx
    .insertInto('application')
    .values({
      id,
      batch_id: batch.id,
      state: 'reading',
      channel: batch.channel,
      benefit: batch.benefit,
      language: batch.language,
      arrived_on: batch.arrived_on,
      due_on: batch.benefit && dueOn(batch.benefit, batch.arrived_on),
      scanning_office: batch.office,
      home_office: batch.office,
      applicant_index: null,
      form_code: null,
      form_confidence: null,
      restricted,
    })
    .execute()
}
