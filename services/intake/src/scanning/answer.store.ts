import { hashIdempotencyKey, type Read } from '@tasain/kit'
import type { Schema } from '../schema.ts'

/** Whether the person has already been answered under this idempotency key. */
export async function hasAnswer(db: Read<Schema>, subject: string, key: string): Promise<boolean> {
  const found = await db
    .selectFrom('idempotency_key')
    .select('status')
    .where('subject', '=', subject)
    .where('key', '=', hashIdempotencyKey(key))
    .executeTakeFirst()
  return found?.status != null
}
