import { connect, createLog, migrateJobs, migrate as migrateSchema, systemClock } from '@tasain/kit'
import { helsinkiDate } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { migrations } from '../migrations/index.ts'
import { saveAbsences, saveNation, saveOpenWork } from './offices/nation.store.ts'
import type { Nation, NationAbsence, OpenWork } from './offices/nation.ts'
import { queues, type Schema } from './schema.ts'

type Env = NodeJS.ProcessEnv
const schema = 'balancer'

/** Brings the house's tables and job tables up to date. Needs DATABASE_OWNER_URL. */
export async function migrate(env: Env): Promise<void> {
  const log = createLog(schema)
  const ownerUrl = getSetting(env, 'DATABASE_OWNER_URL')
  await migrateSchema({ ownerUrl, schema, migrations, log })
  await migrateJobs({ ownerUrl, schema: 'balancer_jobs', appRole: 'balancer_app', queues, log })
}

/** Loads places, handlers and efforts; may run again. Needs DATABASE_OWNER_URL or DATABASE_URL, as all that follow. */
export async function loadNation(env: Env, nation: Nation): Promise<void> {
  await withDatabase(env, ({ db }) => db.transaction().execute((tx) => saveNation(tx, nation)))
}

/** Loads absences of handlers; may run again. */
export async function loadAbsences(env: Env, absences: readonly NationAbsence[]): Promise<void> {
  await withDatabase(env, ({ db }) => db.transaction().execute((tx) => saveAbsences(tx, absences)))
}

/**
 * Loads open work in bulk, for a system that starts with some; each run adds. @returns how many tasks were added.
 * @throws when a row cannot be, with the first faults in words; then nothing is loaded.
 */
export async function loadOpenTasks(env: Env, work: readonly OpenWork[]): Promise<number> {
  return await withDatabase(env, async ({ db }) => {
    const count = await saveOpenWork(db, work, helsinkiDate(systemClock.now()))
    // Claims rely on statistics, and the database gathers them only after a while.
    await sql`analyze task`.execute(db)
    return count
  })
}

async function withDatabase<T>(env: Env, work: (database: ReturnType<typeof open>) => Promise<T>): Promise<T> {
  const database = open(env)
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

/** The owner's address where there is one: only the owner of a table gathers its statistics. */
function open(env: Env) {
  const url = env['DATABASE_OWNER_URL'] ?? getSetting(env, 'DATABASE_URL')
  return connect<Schema>({ url, schema, log: createLog(schema), max: 2 })
}

function getSetting(env: Env, name: string): string {
  const value = env[name]
  if (value === undefined || value === '') throw new Error(`${name} is missing.`)
  return value
}
