import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { withClient } from './database.ts'
import { dropHalfLoaded, marks } from './demo.ts'

const { adminUrl } = inject('databases')
const run = (statement: string) => withClient(adminUrl, (client) => client.query(statement))

beforeEach(() => run('create database tasain'))
afterEach(() => run('drop database if exists tasain'))

test('a database in which the loading of the nation was cut off is made anew', async () => {
  await run(`comment on database tasain is '${marks.loading}'`)
  await dropHalfLoaded(adminUrl)
  expect(await listDatabases()).not.toContain('tasain')
})

test.each([`'${marks.loaded}'`, 'null'])('a database that is in use stays: %s', async (mark) => {
  await run(`comment on database tasain is ${mark}`)
  await dropHalfLoaded(adminUrl)
  expect(await listDatabases()).toContain('tasain')
})

async function listDatabases(): Promise<string[]> {
  return await withClient(adminUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database')
    return rows.map((row) => row.datname)
  })
}
