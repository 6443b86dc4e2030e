import type { Read } from '@tasain/kit'
import type { Language } from '@tasain/vocabulary'
import type { Schema } from '../../schema.ts'

/** What people call an office; its id where nobody has named it. */
export async function getOfficeName(db: Read<Schema>, id: string, language: Language): Promise<string> {
  const office = await db.selectFrom('office').select(['name_fi', 'name_sv']).where('id', '=', id).executeTakeFirst()
  return (language === 'sv' ? office?.name_sv : office?.name_fi) ?? id
}
