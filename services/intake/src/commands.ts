import { readFile } from 'node:fs/promises'
import { connect, createLog, migrateJobs, migrate as migrateSchema, parse, readConfig } from '@tasain/kit'
import * as z from 'zod'
import { migrations } from '../migrations/index.ts'
import { replaceServingAreas, type ServedNation } from './applications/serving-area.store.ts'
import { queues } from './queues.ts'
import { jobSchema, type Schema, schema } from './schema.ts'

export { createReaders, type Readers } from './recognition/children.ts'

const ownerSettings = {
  ownerUrl: {
    env: 'DATABASE_OWNER_URL',
    meaning: "the database's address for the role that owns intake's schemas",
    parse: parse.url,
  },
}
const workerSettings = {
  databaseUrl: { env: 'DATABASE_URL', meaning: "the database's address for the role that works", parse: parse.url },
}

// The part of a nation's file that concerns intake.
const nationFile = z.object({
  offices: z.array(
    z.object({ id: z.string(), districtId: z.string(), nameFi: z.string().optional(), nameSv: z.string().optional() }),
  ),
  postalAreas: z.array(z.object({ prefix: z.string(), officeId: z.string() })),
})

/** Brings intake's schema and its job tables up to date. @returns the names of the steps that were taken. */
export async function migrate(env: NodeJS.ProcessEnv): Promise<string[]> {
  const { ownerUrl } = readConfig(ownerSettings, pick(env, 'DATABASE_OWNER_URL'))
  const log = createLog('intake')
  const taken = await migrateSchema({ ownerUrl, schema, migrations, log })
  await migrateJobs({ ownerUrl, schema: jobSchema, appRole: `${schema}_app`, queues, log })
  return taken
}

/** Replaces the offices and the postal codes they serve; `areas` may overlap: the longest prefix holds. */
export async function loadOffices(env: NodeJS.ProcessEnv, nation: ServedNation): Promise<void> {
  const { databaseUrl } = readConfig(workerSettings, pick(env, 'DATABASE_URL'))
  const { db, close } = connect<Schema>({ url: databaseUrl, schema, log: createLog('intake'), max: 1 })
  try {
    await db.transaction().execute((tx) => replaceServingAreas(tx, nation))
  } finally {
    await close()
  }
}

// A command runs in the environment of the whole house, whose other settings are not its business.
function pick(env: NodeJS.ProcessEnv, name: string): NodeJS.ProcessEnv {
  return { [name]: env[name] }
}

/** Loads the offices and served postal codes of a nation's file. */
export async function loadNation(env: NodeJS.ProcessEnv, options: { nationFile: string }): Promise<void> {
  const nation = nationFile.parse(JSON.parse(await readFile(options.nationFile, 'utf8')))
  await loadOffices(env, { offices: nation.offices, areas: nation.postalAreas })
}
