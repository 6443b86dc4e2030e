import { createLog, migrate as migrateSchema, parse, readConfig } from '@tasain/kit'
import { migrations } from '../migrations/index.ts'
import { schema } from './schema.ts'

const settings = {
  ownerUrl: {
    env: 'DATABASE_OWNER_URL',
    meaning: "the database's address for the role that owns it",
    parse: parse.url,
  },
}

/** Brings the desk's schema up to date. @returns the names of the steps that were taken. */
export async function migrate(env: NodeJS.ProcessEnv): Promise<string[]> {
  const { ownerUrl } = readConfig(settings, env)
  return await migrateSchema({ ownerUrl, schema, migrations, log: createLog('desk') })
}
