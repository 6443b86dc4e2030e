import type { Read } from '@tasain/kit'
import type { Schema } from '../schema.ts'

/** What the person has already been answered under this idempotency key, as `hideKey` made it. */
export async function findAnswer(
  db: Read<Schema>,
  subject: string,
  key: string,
): Promise<{ status: number; body: unknown } | undefined> {
  const found = await db
    .selectFrom('idempotency_key')
    .select(['status', 'response'])
    .where('subject', '=', subject)
    .where('key', '=', key)
    .executeTakeFirst()
  return found && found.status !== null ? { status: found.status, body: found.response } : undefined
}

export async function hasAnswer(db: Read<Schema>, subject: string, key: string): Promise<boolean> {
  return (await findAnswer(db, subject, key)) !== undefined
}
