import { type RawBuilder, sql } from 'kysely'
import type { IntakeTx, KeptField } from '../../schema.ts'
import { isSamePage } from './alike.ts'

/** A row of `page` about which a clerk is asked whether it is one at all: perhaps blank, perhaps there twice, perhaps a separator. */
export const isInDoubt: RawBuilder<boolean> = sql`coalesce(
  page.question in ('blank', 'same_page', 'separator') and page.answer is null, false)`

/** Asks about the pages of these applications that look blank, each once. */
export async function askAboutBlanks(tx: IntakeTx, applicationIds: readonly string[]): Promise<void> {
  await tx
    .updateTable('page')
    .set({ question: 'blank' })
    .from('reading')
    .whereRef('reading.page_id', '=', 'page.id')
    .where('reading.latest', '=', true)
    .where('reading.blank', '=', true)
    .where('page.application_id', 'in', [...applicationIds])
    .where('page.question', 'is', null)
    .where('page.left_out', 'is', null)
    .execute()
}

type AskedPage = {
  id: string
  number: number
  scanId: string
  batchId: string
  form: string | null
  fields: Record<string, KeptField>
  searchText: string
}

/** So many letters alike, and a letter is the same letter scanned twice. */
const leastLikeness = 0.92
const leastLetters = 80

/** Asks about each of these pages, in their order, that seems to be in the batch already. */
export async function askAboutTwins(tx: IntakeTx, pageIds: readonly string[]): Promise<void> {
  for (const id of pageIds) {
    const page = await findPage(tx, id)
    const twin = page && (await findTwin(tx, page))
    if (twin !== undefined)
      await tx.updateTable('page').set({ question: 'same_page', twin_id: twin }).where('id', '=', id).execute()
  }
}

async function findPage(tx: IntakeTx, id: string): Promise<AskedPage | undefined> {
  const row = await tx
    .selectFrom('page')
    .innerJoin('scan', 'scan.id', 'page.scan_id')
    .innerJoin('reading', (join) => join.onRef('reading.page_id', '=', 'page.id').on('reading.latest', '=', true))
    .select(['page.id', 'page.number', 'scan.id as scanId', 'scan.batch_id as batchId'])
    .select(['reading.form', 'reading.fields', 'reading.search_text as searchText'])
    .where('page.id', '=', id)
    .where('page.question', 'is', null)
    .executeTakeFirst()
  return row && { ...row, form: row.form?.code ?? null }
}

async function findTwin(tx: IntakeTx, page: AskedPage): Promise<string | undefined> {
  const others = tx
    .selectFrom('page')
    .innerJoin('scan', 'scan.id', 'page.scan_id')
    .innerJoin('reading', (join) => join.onRef('reading.page_id', '=', 'page.id').on('reading.latest', '=', true))
    .select(['page.id', 'reading.fields'])
    .where('scan.batch_id', '=', page.batchId)
    .where('scan.divided_at', 'is not', null)
    .where((eb) => eb.or([eb('scan.id', '<>', page.scanId), eb('page.number', '<', page.number)]))
    .where('page.role', '=', 'page')
    .where('page.left_out', 'is', null)
    // What may itself be a copy is no original.
    .where(sql<boolean>`(page.question is distinct from 'same_page' or page.answer = 'kept')`)
    .orderBy('scan.stored_at')
    .orderBy('page.number')
  if (page.form === null) {
    if (page.searchText.length < leastLetters) return undefined
    const twin = await others
      .where('reading.form', 'is', null)
      .where(sql<boolean>`similarity(reading.search_text, ${page.searchText}) >= ${leastLikeness}`)
      .limit(1)
      .executeTakeFirst()
    return twin?.id
  }
  const { hetu, iban } = page.fields
  const alike = await others
    .where(sql<boolean>`reading.form->>'code' = ${page.form}`)
    .where(
      sql<boolean>`(reading.fields->'hetu'->>'identity_index' = ${hetu?.identity_index ?? null}
        or reading.fields->'iban'->>'value' = ${iban?.value ?? null})`,
    )
    .execute()
  return alike.find((other) => isSamePage(page, other))?.id
}
