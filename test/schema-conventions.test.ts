import { beforeAll, expect, test } from 'vitest'
import { houses, roleNames, withClient } from '../infra/embedded/database.ts'
import { ownDatabase } from './support/database.ts'

let adminUrl: string

beforeAll(async () => {
  adminUrl = (await ownDatabase()).adminUrl
})

// Words that end in s in the singular.
const singularInS = ['access', 'address', 'process', 'status', 'basis']

const ourSchemas = `('${houses.join("', '")}')`
const everySchema = `('${houses.flatMap((house) => [house, `${house}_jobs`]).join("', '")}')`

test('every house has its tables, each with a primary key', async () => {
  const tables = await ask<{ name: string; schema: string; keyed: boolean }>(`
    select n.nspname as schema, n.nspname || '.' || c.relname as name,
      exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p') as keyed
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ${ourSchemas}`)
  expect([...new Set(tables.map(({ schema }) => schema))].sort()).toEqual([...houses].sort())
  expect(tables.filter(({ keyed }) => !keyed).map(({ name }) => name)).toEqual([])
})

test('a table is named in the singular', async () => {
  const rows = await ask<{ schema: string; name: string }>(
    `select table_schema as schema, table_name as name from information_schema.tables where table_schema in ${ourSchemas}`,
  )
  const plural = rows.filter(({ name }) => {
    const noun = name.split('_').at(-1) ?? ''
    return noun.endsWith('s') && !singularInS.includes(noun)
  })
  expect(plural.map(({ schema, name }) => `${schema}.${name}`)).toEqual([])
})

test('an instant is a timestamptz named …_at, a calendar date is a date named …_on, and nothing else is named so', async () => {
  const rows = await ask<{ place: string; name: string; type: string }>(`
    select table_schema || '.' || table_name || '.' || column_name as place, column_name as name, data_type as type
    from information_schema.columns where table_schema in ${ourSchemas}`)
  const faults = rows.filter(({ name, type }) => {
    if (type === 'timestamp with time zone') return !name.endsWith('_at')
    if (type === 'date') return !name.endsWith('_on')
    return type.startsWith('time') || /_(at|on)$/.test(name)
  })
  expect(faults.map(({ place, type }) => `${place} is a ${type}`)).toEqual([])
  expect(rows.filter(({ type }) => type === 'timestamp with time zone').length).toBeGreaterThan(10)
})

test('every foreign key has an index that begins with its columns, and none leads into another house', async () => {
  const keys = await ask<{ place: string; crosses: boolean; indexed: boolean }>(`
    select k.conrelid::regclass || ' ' || k.conname as place,
      c.relnamespace <> f.relnamespace as crosses,
      exists (
        select from pg_index i
        where i.indrelid = k.conrelid and i.indisvalid
          and (select array_agg(a order by a) from unnest((i.indkey::int2[])[0:cardinality(k.conkey) - 1]) a)
            = (select array_agg(a order by a) from unnest(k.conkey) a)
          and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) = (
            select '(' || a.attname || ' IS NOT NULL)' from pg_attribute a
            where a.attrelid = k.conrelid and a.attnum = k.conkey[1] and cardinality(k.conkey) = 1))
      ) as indexed
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
    join pg_namespace n on n.oid = c.relnamespace
    where k.contype = 'f' and k.conparentid = 0 and n.nspname in ${ourSchemas}`)
  expect(keys.filter(({ indexed }) => !indexed).map(({ place }) => `${place} has no index`)).toEqual([])
  expect(keys.filter(({ crosses }) => crosses).map(({ place }) => place)).toEqual([])
  expect(keys.length).toBeGreaterThan(5)
})

test('a role has no right in the schema of another house, nor has everybody', async () => {
  const rights = `
    select 'schema ' || nspname as thing, nspname as schema, nspacl as acl from pg_namespace
    union all select 'relation ' || c.oid::regclass, n.nspname, c.relacl
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
    union all select 'column ' || a.attrelid::regclass || '.' || a.attname, n.nspname, a.attacl
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace`
  const rows = await ask<{ thing: string; schema: string; grantee: string; privilege: string }>(`
    select distinct r.thing, r.schema, case x.grantee when 0 then 'public' else pg_get_userbyid(x.grantee) end as grantee,
      x.privilege_type as privilege
    from (${rights}) r cross join lateral aclexplode(r.acl) x where r.schema in ${everySchema}`)
  const foreign = rows.filter(({ schema, grantee }) => {
    const house = schema.replace(/_jobs$/, '')
    return ![`${house}_owner`, `${house}_app`].includes(grantee)
  })
  expect(foreign.map(({ thing, grantee, privilege }) => `${grantee} may ${privilege} on ${thing}`)).toEqual([])
  expect(new Set(rows.map(({ grantee }) => grantee))).toEqual(new Set(roleNames))
})

test('the roles that work own nothing, create nothing and stand above nobody', async () => {
  const appRoles = `('${houses.map((house) => `${house}_app`).join("', '")}')`
  const owned = await ask<{ thing: string }>(`
    select d.classid::regclass || ' ' || d.objid as thing from pg_shdepend d
    where d.deptype = 'o' and d.refobjid in (select oid from pg_roles where rolname in ${appRoles})`)
  expect(owned).toEqual([])
  const mighty = await ask<{ rolname: string }>(`
    select rolname from pg_roles where rolname in ('${roleNames.join("', '")}')
      and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)`)
  expect(mighty).toEqual([])
  const creating = await ask<{ place: string }>(`
    select r.rolname || ' in ' || n.nspname as place from pg_roles r cross join pg_namespace n
    where r.rolname in ${appRoles} and n.nspname !~ '^pg_' and has_schema_privilege(r.oid, n.oid, 'create')`)
  expect(creating).toEqual([])
  const members = await ask<{ roleid: string }>(
    `select roleid from pg_auth_members where member in (select oid from pg_roles where rolname in ('${roleNames.join("', '")}'))`,
  )
  expect(members).toEqual([])
})

test('who works with the access log can add to it and read it, and cannot change it', async () => {
  const rows = await ask<{ house: string; may: string }>(`
    select n.nspname as house, string_agg(p, ' ' order by p) as may
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate']) p
    where n.nspname in ${ourSchemas} and c.relname in ('access_entry', 'access_seal')
      and has_table_privilege(n.nspname || '_app', c.oid, p)
    group by n.nspname, c.relname`)
  expect(rows.length).toBe(2 * houses.length)
  expect(new Set(rows.map(({ may }) => may))).toEqual(new Set(['insert select']))
})

async function ask<T>(query: string): Promise<T[]> {
  return await withClient(adminUrl, async (client) => (await client.query(query)).rows as T[])
}
