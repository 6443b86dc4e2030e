import { connect, createLog } from '@tasain/kit'
import { newId } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import * as wholeDays from '../../migrations/0009-whole-days.ts'

test('thresholds that were written in parts of a day become whole days, and stay apart', async () => {
  const { ownerUrl } = (await ownDatabase()).urlsOf('balancer')
  const { db, close } = connect<unknown>({ url: ownerUrl, schema: 'balancer', log: createLog('test') })
  const id = newId()
  await sql`insert into rule (id) values (${id})`.execute(db)
  const written = [
    [14.5, 7.5],
    [0.9, 0.5],
    [9, 3],
  ]
  for (const [index, [exportAboveDays, importBelowDays]] of written.entries())
    await sql`
      insert into rule_version (rule_id, version, kind, scope_kind, scope_id, value, from_on, ends, needs_approval, reason,
        author_subject, author_name)
      values (${id}, ${index + 1}, 'threshold', 'office', 'north-1',
        ${JSON.stringify({ kind: 'threshold', exportAboveDays, importBelowDays })}::jsonb, '2026-11-23', false, false,
        'As agreed.', 'manager', 'M')`.execute(db)
  await wholeDays.up(db)
  const { rows } = await sql<{ value: object }>`select value from rule_version order by version`.execute(db)
  await close()
  expect(rows.map(({ value }) => value)).toEqual([
    { kind: 'threshold', exportAboveDays: 15, importBelowDays: 7 },
    { kind: 'threshold', exportAboveDays: 2, importBelowDays: 1 },
    { kind: 'threshold', exportAboveDays: 9, importBelowDays: 3 },
  ])
})
