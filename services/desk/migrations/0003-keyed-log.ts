import { keyAccessSeals } from '@tasain/kit'
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await keyAccessSeals(db)
}
