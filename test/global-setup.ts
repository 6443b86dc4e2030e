import type { TestProject } from 'vitest/node'
import { migrateHouse } from '../infra/embedded/houses.ts'
import { startTestPostgres, type TestDatabases } from '../infra/embedded/test-database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databases: TestDatabases
  }
}

/** One PostgreSQL for the whole run, with a template that holds every house's tables. Returns what ends it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startTestPostgres(({ ownerUrl }, house) => migrateHouse(house, ownerUrl))
  const { adminUrl, template, passwords } = postgres
  project.provide('databases', { adminUrl, template, passwords })
  return postgres.stop
}
