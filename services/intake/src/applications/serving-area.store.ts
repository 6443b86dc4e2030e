import type { Read } from '@tasain/kit'
import { sql } from 'kysely'
import type { IntakeTx, Schema } from '../schema.ts'

export type ServedNation = {
  offices: readonly { id: string; districtId: string; nameFi?: string | undefined; nameSv?: string | undefined }[]
  /** Beginnings of postal codes, at most five digits. */
  areas: readonly { prefix: string; officeId: string }[]
}

export async function replaceServingAreas(tx: IntakeTx, { offices, areas }: ServedNation): Promise<void> {
  await tx.deleteFrom('serving_area').execute()
  await tx.deleteFrom('office').execute()
  if (offices.length > 0)
    await sql`
      insert into office (id, district, name_fi, name_sv)
      select * from unnest(
        ${offices.map(({ id }) => id)}::text[], ${offices.map((one) => one.districtId)}::text[],
        ${offices.map((one) => one.nameFi ?? null)}::text[], ${offices.map((one) => one.nameSv ?? null)}::text[])`.execute(
      tx,
    )
  if (areas.length > 0)
    await sql`
      insert into serving_area (prefix, office)
      select * from unnest(${areas.map(({ prefix }) => prefix)}::text[], ${areas.map((one) => one.officeId)}::text[])`.execute(
      tx,
    )
}

/** The office that serves a postal code of five digits, by the longest prefix; undefined when none does. */
export async function findServingOffice(db: Read<Schema>, postalCode: string): Promise<string | undefined> {
  const prefixes = [5, 4, 3, 2, 1, 0].map((length) => postalCode.slice(0, length))
  const area = await db
    .selectFrom('serving_area')
    .select('office')
    .where('prefix', 'in', prefixes)
    .orderBy(sql`length(prefix)`, 'desc')
    .limit(1)
    .executeTakeFirst()
  return area?.office
}
