import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { withClient } from './database.ts'
import { findModule, getHouseEnv, type HouseContext, root } from './houses.ts'

const loadedMark = 'demo nation loaded'

/**
 * Loads the demo nation into a fresh database, with its open tasks unless `empty`: each house that offers `loadNation`
 * is given its settings, the nation's file and whether tasks are wanted. A load that was cut off is begun anew.
 * @returns whether it was loaded now.
 */
export async function loadDemoNation(context: HouseContext, databaseUrl: string, empty: boolean): Promise<boolean> {
  const nationFile = join(root, 'infra', 'demo', 'nation.json')
  if (!existsSync(nationFile) || (await isLoaded(databaseUrl))) return false
  let loaded = false
  for (const house of ['intake', 'balancer'] as const) {
    const load = (await findModule(`@tasain/${house}/commands`))?.['loadNation']
    if (typeof load !== 'function') continue
    await load(getHouseEnv(house, context), { nationFile, withTasks: !empty })
    loaded = true
  }
  if (!loaded) return false
  // The mark lies in the database itself, so that it is lost together with what it tells of.
  await withClient(databaseUrl, (client) => client.query(`comment on database tasain is '${loadedMark}'`))
  return true
}

async function isLoaded(databaseUrl: string): Promise<boolean> {
  return await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ mark: string | null }>(
      "select shobj_description(oid, 'pg_database') as mark from pg_database where datname = 'tasain'",
    )
    return rows[0]?.mark === loadedMark
  })
}
