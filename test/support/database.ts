import { randomBytes } from 'node:crypto'
import { afterAll, inject } from 'vitest'
import type { House } from '../../infra/embedded/database.ts'
import { createFromTemplate, dropDatabase, getHouseUrls } from '../../infra/embedded/test-database.ts'

export type HouseUrls = { appUrl: string; ownerUrl: string }
export type OwnDatabase = { name: string; adminUrl: string; urlsOf: (house: House) => HouseUrls }

const created: string[] = []
let shared: Promise<OwnDatabase> | undefined

// Registered while the test file is being collected, so it runs after the file's own hooks have closed their pools.
afterAll(async () => {
  for (const name of created.splice(0)) await dropDatabase(inject('databases'), name)
  shared = undefined
})

/**
 * The addresses of a house in the database that this test file alone uses, made at the first call: the tables are
 * there and empty. Tests of one file clean up after each other by a rolled-back transaction or DELETE.
 */
export async function testDatabase(house: House): Promise<HouseUrls> {
  shared ??= ownDatabase()
  return (await shared).urlsOf(house)
}

/** A fresh database for one test, such as one of concurrency, with the addresses of every house in it. */
export async function ownDatabase(): Promise<OwnDatabase> {
  const databases = inject('databases')
  const name = `test_${randomBytes(8).toString('hex')}`
  await createFromTemplate(databases, name)
  created.push(name)
  const adminUrl = new URL(databases.adminUrl)
  adminUrl.pathname = `/${name}`
  return { name, adminUrl: adminUrl.href, urlsOf: (house) => getHouseUrls(databases, name, house) }
}
