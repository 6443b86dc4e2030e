import { hashedKey, keyAccessSeals } from '@tasain/kit'
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await keyAccessSeals(db)
  // A request's key is its sender's own text; from here on only a hash of it is remembered.
  await sql`update reservation set request_key = ${hashedKey('request_key')} where request_key is not null`.execute(db)
}
