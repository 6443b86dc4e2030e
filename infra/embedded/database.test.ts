import { describe, expect, inject, test } from 'vitest'
import { ownDatabase, testDatabase } from '../../test/support/database.ts'
import { houses, prepareDatabase, withClient } from './database.ts'

const other = { intake: 'balancer', balancer: 'desk', desk: 'intake' } as const

describe.each(houses)('the roles of %s', (house) => {
  test('the owner makes a table and the app role works in it but cannot change its shape', async () => {
    const { appUrl, ownerUrl } = await testDatabase(house)
    await withClient(ownerUrl, (client) =>
      client.query('create table shelf (id bigint generated always as identity primary key, label text)'),
    )
    await withClient(appUrl, async (client) => {
      await client.query("insert into shelf (label) values ('a')")
      expect((await client.query('select label from shelf')).rows).toEqual([{ label: 'a' }])
      await expect(client.query('alter table shelf add column more text')).rejects.toThrow('must be owner')
      await expect(client.query('create table own (id int)')).rejects.toThrow('permission denied')
    })
  })

  test('neither role may touch the schema of another house', async () => {
    const { appUrl, ownerUrl } = await testDatabase(house)
    const foreign = other[house]
    await withClient((await testDatabase(foreign)).ownerUrl, (client) =>
      client.query(`create table if not exists ${foreign}.secret (id int)`),
    )
    for (const url of [appUrl, ownerUrl])
      await withClient(url, async (client) => {
        await expect(client.query(`select * from ${foreign}.secret`)).rejects.toThrow('permission denied')
        await expect(client.query(`create table ${foreign}.mine (id int)`)).rejects.toThrow('permission denied')
        await expect(client.query('create table public.mine (id int)')).rejects.toThrow('permission denied')
      })
  })
})

test('preparing a database a second time changes nothing and loses nothing', async () => {
  const { name, adminUrl, urlsOf } = await ownDatabase()
  await withClient(urlsOf('intake').ownerUrl, (client) => client.query('create table kept as select 1 as one'))
  await prepareDatabase(adminUrl, inject('databases').passwords, name)
  await withClient(urlsOf('intake').appUrl, async (client) => {
    expect((await client.query('select one from kept')).rows).toEqual([{ one: 1 }])
    expect((await client.query("select similarity('hakemus', 'hakemuksia') > 0 as found")).rows).toEqual([
      { found: true },
    ])
  })
})

test('Finnish letters sort in Finnish order where a collation asks for it', async () => {
  const { appUrl } = await testDatabase('desk')
  await withClient(appUrl, async (client) => {
    const { rows } = await client.query<{ word: string }>(
      `select word from unnest(array['ä','a','ö','z','å']) as word order by word collate "fi-FI-x-icu"`,
    )
    expect(rows.map((row) => row.word)).toEqual(['a', 'z', 'å', 'ä', 'ö'])
  })
})
