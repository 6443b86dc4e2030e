import { type FormDefinition, formDefinition } from '@tasain/contracts'
import type { Log, Read } from '@tasain/kit'
import type { IntakeTx, Schema } from '../../schema.ts'

/** The forms known at one moment, the newest first: what people published, then what ships with the product. */
export type Shelf = {
  /** Another number means other forms. */
  readonly revision: number
  readonly forms: readonly FormDefinition[]
  /** No longer read by, but papers that were still name their fields by them. */
  readonly withdrawn: readonly FormDefinition[]
}
/** Asked from within a transaction it takes that: a second connection each, and many who ask at a time hold up one another. */
export type FormShelf = { readonly get: (tx?: Read<Schema>) => Promise<Shelf> }

/**
 * Gives the forms as they stand in the database now, read anew only when another process or this one has changed them. A
 * definition that does not hold is left out and told in the log: it must not keep the others from being known.
 */
export function createFormShelf(db: Read<Schema>, log: Log, shipped: readonly FormDefinition[]): FormShelf {
  let shelf: Shelf | undefined
  return {
    async get(from = db) {
      const revision = await getRevision(from)
      if (shelf?.revision === revision) return shelf
      const rows = await from
        .selectFrom('form')
        .select(['id', 'state', 'definition'])
        .where('state', '<>', 'draft')
        .orderBy('published_at', 'desc')
        .orderBy('id', 'desc')
        .execute()
      const parsed = rows.flatMap(({ id, state, definition }) => {
        const result = formDefinition.safeParse(definition)
        if (!result.success) log.error({ formId: id, alarm: 'form_definition' }, 'a published form does not hold')
        return result.success ? [{ state, definition: result.data }] : []
      })
      const inState = (wanted: string) => parsed.filter(({ state }) => state === wanted).map((row) => row.definition)
      shelf = { revision, forms: [...inState('published'), ...shipped], withdrawn: inState('withdrawn') }
      return shelf
    },
  }
}

async function getRevision(db: Read<Schema>): Promise<number> {
  const { revision } = await db.selectFrom('form_shelf').select('revision').executeTakeFirstOrThrow()
  return revision
}

/** Tells every process that the published forms have changed; until the transaction ends, no other can change them. */
export async function turnShelf(tx: IntakeTx): Promise<void> {
  await tx
    .updateTable('form_shelf')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .execute()
}
