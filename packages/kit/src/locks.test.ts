import { Client } from 'pg'
import { describe, expect, test } from 'vitest'
import { ownDatabase } from '../../../test/support/database.ts'
import { listSources, readSource } from '../../../test/support/imports.ts'
import { connect } from './database.ts'
import { lockKeys, lockNames, tryLock, tryLockConnection, waitForLock } from './locks.ts'
import { createLog } from './log.ts'

const schemas = ['intake', 'balancer', 'desk', 'channels']

describe('Locks', () => {
  test('every lock of every schema has a key of its own', async () => {
    const { urlsOf } = await ownDatabase()
    const client = new Client({ connectionString: urlsOf('intake').appUrl })
    await client.connect()
    const keys = new Set<string>()
    for (const schema of schemas)
      for (const name of lockNames) {
        // The application's role may not look into the other schemas, so the schema is named instead of entered.
        const [key = ''] = lockKeys(name).replace('current_schema()', `'${schema}'`).split(', ')
        keys.add(JSON.stringify((await client.query(`select ${key} as key`)).rows))
      }
    await client.end()
    expect(keys.size).toBe(schemas.length * lockNames.length)
  })

  test('one lock stops its own kind in its own schema, and no other', async () => {
    const { urlsOf } = await ownDatabase()
    const log = createLog('test')
    const open = (schema: 'intake' | 'balancer') => connect({ url: urlsOf(schema).appUrl, schema, log, max: 3 })
    const [intake, balancer] = [open('intake'), open('balancer')]
    const attempt = (name: (typeof lockNames)[number], from = balancer) =>
      from.db.transaction().execute((tx) => tryLock(tx, name))
    await balancer.db.transaction().execute(async (tx) => {
      await waitForLock(tx, 'moving')
      await waitForLock(tx, 'access_seal')
      await waitForLock(tx, 'same_bytes', 'a')
      expect(await attempt('moving')).toBe(false)
      expect(await attempt('open_work')).toBe(true)
      expect(await attempt('same_bytes')).toBe(true)
      expect(await attempt('access_seal')).toBe(false)
      expect(await attempt('access_seal', intake)).toBe(true)
      const client = await balancer.pool.connect()
      expect([await tryLockConnection(client, 'moving'), await tryLockConnection(client, 'planning')]).toEqual([
        false,
        true,
      ])
      client.release(true)
    })
    await Promise.all([intake.close(), balancer.close()])
  })

  test('no source takes an advisory lock by a number of its own', () => {
    const taken = listSources()
      .filter((path) => /^(packages|services)\//.test(path) && !path.includes('.test.') && !path.endsWith('/locks.ts'))
      .flatMap((path) =>
        [...readSource(path).matchAll(/advisory[a-z_]*lock[a-z_]*\((.{0,40})/g)].map((one) => [path, one[1]]),
      )
    expect(taken.length).toBeGreaterThan(0)
    expect(taken.filter(([, key]) => !key?.startsWith('${lockKeys('))).toEqual([])
  })
})
