import type { Caller } from '@tasain/contracts'
import { helsinkiDate, newId } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import { auditorCaller, handlerCaller, managerCaller, openHouse, type TestHouse } from '../../testing/house.ts'
import { makeNation, makeSnapshot, makeWork } from '../../testing/nation.ts'
import { createApp } from '../app.ts'
import { saveOpenWork } from '../offices/nation.store.ts'
import { planOnce } from '../routing/routing.work.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse({ urls: (await ownDatabase()).urlsOf('balancer'), nation: makeNation() })
  house.clock.at = now
})
afterAll(() => house.close())

// Moves are written at the database's own time.
const now = new Date()
const day = helsinkiDate(now)
const callers: Record<string, Caller> = {
  manager: managerCaller('north'),
  otherManager: managerCaller('east'),
  nationManager: { ...managerCaller('north', 'nation'), district: null },
  clerk: { ...handlerCaller('clerk'), roles: ['clerk'] },
  handler: handlerCaller('north-1-handler-1'),
  admin: { subject: 'adm', name: 'Adm', roles: ['admin'], office: null, district: null },
}

/** Every route that is asked with GET, as Express knows them, but the one that checks the records of the whole nation. */
function listRoutes(): string[] {
  const { router } = createApp(house) as unknown as {
    router: { stack: { route?: { path: string; methods: Record<string, boolean> } }[] }
  }
  const paths = router.stack.flatMap(({ route }) => (route?.methods['get'] ? [route.path] : []))
  return paths.filter((path) => path !== '/verify')
}

/** The addresses of a route: with every office, and every task known when the first answers were gathered. */
function listAddresses(path: string, tasks: readonly string[]): string[] {
  const offices = ['north-1', 'north-2', 'east-1', 'south-1']
  if (path === '/moves')
    return [path, ...offices.flatMap((from) => offices.map((to) => `${path}?day=${day}&from=${from}&to=${to}`))]
  if (path.endsWith('/story')) return tasks.map((id) => `${path.replace(':id', id)}?words=en`)
  if (path.includes(':office')) return offices.map((office) => path.replace(':office', office))
  return path.includes(':id') ? tasks.map((id) => path.replace(':id', id)) : [path]
}

/** All that these people are answered, by a balancer that has counted nothing yet. */
async function gather(who: Record<string, Caller>, tasks: readonly string[]): Promise<Map<string, string>> {
  const fresh = await openHouse({ urls: house.urls })
  fresh.clock.at = now
  const answers = new Map<string, string>()
  for (const [name, caller] of Object.entries(who))
    for (const path of listRoutes().flatMap((route) => listAddresses(route, tasks))) {
      const { status, code, body } = await fresh.ask(caller, 'GET', path)
      answers.set(`${name} ${path}`, JSON.stringify([status, code ?? body]))
    }
  const rule = { scope: { office: 'north-1' }, value: { kind: 'export', allow: false }, lifts: [], from: day, to: null }
  const preview = await fresh.ask(managerCaller('north'), 'POST', '/rules/preview', rule)
  expect(preview.status).toBe(200)
  answers.set('manager preview', JSON.stringify(preview.body).replaceAll(/"ms":[0-9.]+/g, ''))
  await fresh.close()
  return answers
}

const listTasks = async () => (await house.db.selectFrom('task').select('id').execute()).map(({ id }) => id)

/** Restricted work waiting, in hands, late, stuck, held back, sent on, and refused on the way. */
async function addRestricted(): Promise<void> {
  const work = ['north-1', 'east-1', 'south-1'].flatMap((office) => makeWork(office, 7, { restricted: true }))
  await saveOpenWork(house.db, work)
  await house.receive(makeSnapshot({ restricted: true, homeOffice: 'north-2' }))
  const sent = await house.db.selectFrom('task').select('id').where('restricted', '=', true).limit(4).execute()
  const plan = await house.db.selectFrom('plan').select('id').orderBy('planned_at', 'desc').executeTakeFirstOrThrow()
  for (const { id } of sent)
    await sql`
      insert into move (id, plan_id, task_id, cause, from_office_id, to_office_id, benefit, language, minutes,
        rule_versions, reasons)
      values (${newId()}, ${plan.id}, ${id}, 'plan', 'north-1', 'east-1', 'YA', 'fi', 30, '{}', '{}')`.execute(house.db)
  const stuck = {
    office: 'north-1',
    benefit: 'YA',
    language: 'fi',
    slackDays: 0,
    protected: true,
    minutes: 30,
    tasks: 1,
  }
  const held = { from: 'north-1', to: 'east-1', benefit: 'YA', language: 'fi', protected: true, minutes: 90 }
  await sql`
    update plan set stuck = stuck || ${JSON.stringify([{ ...stuck, cause: { code: 'noClearance', rules: [] } }])}::jsonb,
      held = held || ${JSON.stringify([held])}::jsonb where id = ${plan.id}`.execute(house.db)
}

describe('Rights end at once: counts of restricted work leak nowhere', () => {
  test('every answer to who may not count it is the same with it and without it', { timeout: 120_000 }, async () => {
    await saveOpenWork(house.db, makeWork('north-1', 300))
    await saveOpenWork(house.db, makeWork('east-1', 40))
    await planOnce(house.routing)
    const ordinary = await listTasks()
    const tasks = [...ordinary.slice(0, 3), ...ordinary.slice(-3)]
    const before = await gather(callers, tasks)
    const seenByAuditor = await gather({ auditor: auditorCaller }, tasks)
    await addRestricted()
    const after = await gather(callers, tasks)
    const changed = [...before].filter(([asked, answer]) => after.get(asked) !== answer).map(([asked]) => asked)
    expect(changed).toEqual([])
    expect([...before.values()].filter((answer) => answer.startsWith('[200')).length).toBeGreaterThan(40)
    const auditor = await gather({ auditor: auditorCaller }, tasks)
    const differ = [...seenByAuditor].filter(([asked, answer]) => auditor.get(asked) !== answer).map(([asked]) => asked)
    expect(differ).toEqual(expect.arrayContaining(['auditor /load', 'auditor /moves', 'auditor /plans/latest']))
  })

  test('a restricted task is not there for who may not count it', async () => {
    const [task] = await house.db.selectFrom('task').select('id').where('restricted', '=', true).execute()
    for (const caller of Object.values(callers))
      for (const path of [`/tasks/${task?.id}/story`, `/tasks/${task?.id}/receivers`, `/tasks/${task?.id}`])
        expect((await house.ask(caller, 'GET', path)).status).toBeGreaterThanOrEqual(403)
  })
})
