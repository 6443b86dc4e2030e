import { join } from 'node:path'
import { withClient } from './database.ts'
import { type HouseContext, loadNation, root } from './houses.ts'

const nationFile = join(root, 'infra', 'demo', 'nation.json')
// The mark lies in the database itself, as its comment, so that it is lost together with what it tells of.
export const marks = { loading: 'the demo nation is being loaded', loaded: 'the demo nation has been loaded' }

/** Loads the demo nation into a fresh database, with its open tasks unless `empty`. @returns whether it did. */
export async function loadDemoNation(context: HouseContext, empty: boolean): Promise<boolean> {
  if ((await findMark(context.adminUrl)) !== undefined) return false
  await setMark(context.adminUrl, marks.loading)
  await loadNation(context, nationFile, !empty)
  await setMark(context.adminUrl, marks.loaded)
  return true
}

/** Drops the database when a start was cut off while it loaded the nation: nobody has worked in it yet. */
export async function dropHalfLoaded(adminUrl: string): Promise<void> {
  if ((await findMark(adminUrl)) === marks.loading)
    await withClient(adminUrl, (client) => client.query('drop database tasain with (force)'))
}

async function findMark(adminUrl: string): Promise<string | undefined> {
  return await withClient(adminUrl, async (client) => {
    const { rows } = await client.query<{ mark: string | null }>(
      "select shobj_description(oid, 'pg_database') as mark from pg_database where datname = 'tasain'",
    )
    return rows[0]?.mark ?? undefined
  })
}

async function setMark(adminUrl: string, mark: string): Promise<void> {
  await withClient(adminUrl, (client) => client.query(`comment on database tasain is ${client.escapeLiteral(mark)}`))
}
