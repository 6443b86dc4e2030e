import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OwnDatabase, ownDatabase } from '../../../test/support/database.ts'
import { connect, type Database } from './database.ts'
import { type Jobs, migrateJobs, startJobs } from './jobs.ts'
import { createLog } from './log.ts'

const log = createLog('test')
let own: OwnDatabase
let database: Database<unknown>
let jobs: Jobs

beforeAll(async () => {
  own = await ownDatabase()
  const { appUrl, ownerUrl } = own.urlsOf('intake')
  const queues = [{ name: 'greet', deadLetter: 'greet-dead', tries: 2 }, { name: 'greet-dead' }]
  await migrateJobs({ ownerUrl, schema: 'intake_jobs', appRole: 'intake_app', queues, log })
  await migrateJobs({ ownerUrl, schema: 'intake_jobs', appRole: 'intake_app', queues, log })
  database = connect({ url: appUrl, schema: 'intake', log })
  jobs = await startJobs({ url: appUrl, schema: 'intake_jobs', log })
})
afterAll(async () => {
  await jobs.stop()
  await database.close()
})

async function waitFor(check: () => boolean, ms = 15_000): Promise<void> {
  const end = Date.now() + ms
  while (!check()) {
    if (Date.now() > end) throw new Error('waited in vain')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('a job exists exactly when the transaction it was planned in is committed, and one that keeps failing is set aside', async () => {
  const done: string[] = []
  const dead: string[] = []
  await jobs.work<{ name: string }>('greet', 2, (data) => {
    if (data.name === 'poison') throw new Error('cannot greet')
    done.push(data.name)
    return Promise.resolve()
  })
  await jobs.work<{ name: string }>('greet-dead', 1, (data) => Promise.resolve(void dead.push(data.name)))

  await database.db.transaction().execute((tx) => jobs.plan(tx, 'greet', { name: 'kept' }))
  await database.db
    .transaction()
    .execute(async (tx) => {
      await jobs.plan(tx, 'greet', { name: 'rolled back' })
      throw new Error('roll back')
    })
    .catch(() => undefined)
  await database.db.transaction().execute((tx) => jobs.plan(tx, 'greet', { name: 'poison' }))
  await waitFor(() => done.includes('kept') && dead.includes('poison'))
  expect(done).toEqual(['kept'])
  expect(dead).toEqual(['poison'])
})
