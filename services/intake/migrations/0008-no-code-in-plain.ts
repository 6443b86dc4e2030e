import { hashedKey, keyAccessSeals } from '@tasain/kit'
import { isFreeOfHetus, maskHetus } from '@tasain/vocabulary'
import { type Kysely, sql } from 'kysely'

/** Text that identity codes could reach unmasked is masked, and the keys of uploads become hashes of themselves. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await keyAccessSeals(db)
  await sql`update upload set idempotency_key = ${hashedKey('idempotency_key')}`.execute(db)
  await maskColumn(db, 'batch', 'closed_because')
  for (const column of ['old_value', 'new_value']) await maskColumn(db, 'correction', column)
  await maskColumn(db, 'application_field', 'value')
  await maskAnswers(db)
  await maskDrafts(db)
  for (const table of ['application_field', 'correction']) await renameFields(db, table)
}

// Digits of other scripts and unseen characters were not masked before; plain text has neither.
const odd = '[^\\x01-\\x7e\\u00c0-\\u017f]'

async function maskColumn(db: Kysely<unknown>, table: string, column: string): Promise<void> {
  const isOdd = column === 'closed_because' ? sql`true` : sql`${sql.ref(column)} ~ ${odd}`
  const { rows } = await sql<{ value: string }>`
    select distinct ${sql.ref(column)} as value from ${sql.table(table)}
    where ${sql.ref(column)} is not null and ${isOdd}`.execute(db)
  for (const { value } of rows) {
    if (isFreeOfHetus(value)) continue
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${maskHetus(value)}
      where ${sql.ref(column)} = ${value}`.execute(db)
  }
}

async function maskAnswers(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ subject: string; key: string; reason: string }>`
    select subject, key, response->>'closedBecause' as reason from idempotency_key
    where response->>'closedBecause' is not null`.execute(db)
  for (const { subject, key, reason } of rows)
    await sql`
      update idempotency_key set response = jsonb_set(response, '{closedBecause}', to_jsonb(${maskHetus(reason)}::text))
      where subject = ${subject} and key = ${key}`.execute(db)
}

async function maskDrafts(db: Kysely<unknown>): Promise<void> {
  for (const column of ['draft', 'definition']) {
    const { rows } = await sql<{ id: string; value: unknown }>`
      select id, ${sql.ref(column)} as value from form where ${sql.ref(column)} is not null`.execute(db)
    for (const { id, value } of rows) {
      const masked = JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? maskHetus(part) : part))
      if (masked !== JSON.stringify(value))
        await sql`update form set ${sql.ref(column)} = ${masked}::jsonb where id = ${id}`.execute(db)
    }
  }
}

/** A field's name might be anything that a name may be; what it was is nowhere else. */
async function renameFields(db: Kysely<unknown>, table: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`select distinct name from ${sql.table(table)}`.execute(db)
  for (const [index, { name }] of rows.filter((row) => !isFreeOfHetus(row.name)).entries())
    await sql`update ${sql.table(table)} set name = ${`hidden${index + 1}`} where name = ${name}`.execute(db)
}
