import { randomBytes, randomUUID } from 'node:crypto'
import { type DraftList, largestDraft, mostDrafts, type RefusalBody, type Session } from '@tasain/contracts'
import { newId } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Browser, openBrowser, startTestDesk, type TestDesk } from '../../../../test/support/desk.ts'
import { deleteOldDrafts } from './draft.store.ts'

const grounds = 'Hakijan 010594-9031 selvitys ei riitä.'

type Answered = { status: number; body: DraftList & RefusalBody & { savedAt: string } }
/** A person at a window of their own: their windows share a browser, each writes as itself. */
type Person = { browser: Browser; csrf: string; writer: string }

let desk: TestDesk
let clerk: Person
let handler: Person

async function enter(subject: string): Promise<Person> {
  const browser = openBrowser()
  await browser.signIn(desk.address, subject)
  const session = (await (await browser.send(`${desk.address}/api/session`)).json()) as Session
  return { browser, csrf: session.csrf, writer: randomUUID() }
}

async function ask({ browser, csrf }: Person, path: string, body?: unknown, address = desk.address): Promise<Answered> {
  const headers = { 'content-type': 'application/json', 'x-csrf': csrf }
  const init = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) }
  const response = await browser.send(`${address}/api/drafts/${path}`, init)
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

const write = (person: Person, path: string, sequence: number, text: string, since: string | null = null) =>
  ask(person, path, { version: `${person.writer}.${sequence}`, since, body: { value: { grounds: text } } })

async function list(person: Person, id: string) {
  const { status, body } = await ask(person, id)
  expect(status).toBe(200)
  return body.drafts
}

async function readText(person: Person, id: string): Promise<unknown> {
  const drafts = await list(person, id)
  return drafts.map(({ body }) => (body['value'] as { grounds: string }).grounds)
}

beforeAll(async () => {
  desk = await startTestDesk()
  await desk.startProvider()
  clerk = await enter('clerk-1')
  handler = await enter('handler-1')
})
afterAll(() => desk.stop())
afterEach(async () => {
  await desk.house.db.deleteFrom('draft').execute()
})

describe('Nothing unmeant is done: drafts on the server', () => {
  test('what a person is in the middle of is there again, act by act', async () => {
    const id = newId()
    expect((await write(handler, `decision/${id}`, 1, grounds)).status).toBe(200)
    expect((await write(handler, `return/${id}`, 1, 'Väärä kieli')).status).toBe(200)
    const drafts = await list(handler, id)
    expect(drafts.map(({ kind, version }) => [kind, version])).toEqual([
      ['decision', `${handler.writer}.1`],
      ['return', `${handler.writer}.1`],
    ])
    expect(drafts[0]?.body).toEqual({ value: { grounds } })
    expect(await list(handler, newId())).toEqual([])
  })

  test('nobody else gets it, and their discarding does not touch it', async () => {
    const id = newId()
    await write(handler, `decision/${id}`, 1, grounds)
    expect(await list(clerk, id)).toEqual([])
    expect((await ask(clerk, `decision/${id}/discard`, {})).status).toBe(204)
    expect((await write(clerk, `decision/${id}`, 1, 'Toisen oma')).status).toBe(200)
    expect(await readText(handler, id)).toEqual([grounds])
    expect(await readText(clerk, id)).toEqual(['Toisen oma'])
  })

  test('the database holds nothing of the text in the clear', async () => {
    await write(handler, `decision/${newId()}`, 1, grounds)
    const { rows } = await sql<{ line: string }>`
      select draft::text as line from draft union all select access_entry::text from access_entry
      union all select idempotency_key::text from idempotency_key`.execute(desk.house.db)
    const kept = rows.map(({ line }) => line).join('\n')
    expect(kept).toContain('v1.')
    for (const form of [grounds, '010594-9031', Buffer.from(grounds).toString('base64url'), 'selvitys'])
      expect(kept).not.toContain(form)
  })

  test('a row that is put under another person does not open for them', async () => {
    const id = newId()
    await write(handler, `decision/${id}`, 1, grounds)
    await desk.house.db.updateTable('draft').set({ subject: 'clerk-1' }).execute()
    expect(await list(clerk, id)).toEqual([])
  })

  test('who is not signed in, or whose role writes nothing, keeps no draft', async () => {
    const nobody = { browser: openBrowser(), csrf: '', writer: randomUUID() }
    expect((await ask(nobody, newId())).status).toBe(401)
    expect((await write(nobody, `decision/${newId()}`, 1, grounds)).status).toBe(401)
    await desk.house.db
      .updateTable('session')
      .set({ roles: ['auditor'] })
      .where('subject', '=', 'clerk-1')
      .execute()
    const refused = await write(clerk, `check/${newId()}`, 1, grounds)
    await desk.house.db
      .updateTable('session')
      .set({ roles: ['clerk'] })
      .where('subject', '=', 'clerk-1')
      .execute()
    expect([refused.status, refused.body.error.code]).toEqual([403, 'right.missing'])
  })

  test('a page of another site, without the value of this session, writes and discards nothing', async () => {
    const id = newId()
    await write(handler, `decision/${id}`, 1, grounds)
    const forged = { ...handler, csrf: 'guessed' }
    expect((await write(forged, `decision/${id}`, 2, 'Vieras')).body.error.code).toBe('session.forged')
    expect((await ask(forged, `decision/${id}/discard`, {})).body.error.code).toBe('session.forged')
    expect(await readText(handler, id)).toEqual([grounds])
  })

  test('a place is a known act and an id; nothing typed gets into an address', async () => {
    for (const place of [`gossip/${newId()}`, 'decision/010594-9031', 'decision/NEW', 'decision/1'])
      expect((await write(handler, place, 1, grounds)).status, place).toBe(404)
    expect((await ask(handler, '010594-9031')).status).toBe(404)
    expect((await write(handler, 'batch/new', 1, grounds)).status).toBe(200)
  })

  test('what is malformed or too long is refused in words, and what was stored stays', async () => {
    const id = newId()
    await write(handler, `decision/${id}`, 1, grounds)
    const long = await write(handler, `decision/${id}`, 2, 'ä'.repeat(largestDraft / 2))
    expect([long.status, long.body.error.code]).toEqual([413, 'draft.too_large'])
    const huge = await write(handler, `decision/${id}`, 2, 'a'.repeat(300_000))
    expect(huge.status).toBe(413)
    const version = `${handler.writer}.3`
    for (const body of [{}, { version: '1', since: null, body: {} }, { version, since: null, body: 'text' }])
      expect((await ask(handler, `decision/${id}`, body)).body.error.code).toBe('request.invalid')
    expect(await readText(handler, id)).toEqual([grounds])
  })

  test('another window is told of a newer draft and does not overwrite it unseen', async () => {
    const id = newId()
    const other = { ...handler, writer: randomUUID() }
    await write(handler, `decision/${id}`, 1, 'Ensimmäinen')
    expect((await write(other, `decision/${id}`, 1, 'Toinen')).body.error.code).toBe('draft.newer')
    const seen = `${handler.writer}.1`
    expect((await write(other, `decision/${id}`, 2, 'Toinen', seen)).status).toBe(200)
    const late = await write(handler, `decision/${id}`, 2, 'Kolmas', seen)
    expect([late.status, late.body.error.code]).toEqual([409, 'draft.newer'])
    expect(await readText(handler, id)).toEqual(['Toinen'])
  })

  test('of one window the later writing wins, whatever order they arrive in', async () => {
    const id = newId()
    await Promise.all([1, 2, 3, 4, 5, 6].map((sequence) => write(handler, `decision/${id}`, sequence, `${sequence}.`)))
    expect((await write(handler, `decision/${id}`, 3, 'myöhässä')).status).toBe(200)
    expect(await readText(handler, id)).toEqual(['6.'])
  })

  test('once the act is done its draft is gone, and another may begin', async () => {
    const id = newId()
    await write(handler, `decision/${id}`, 1, grounds)
    expect((await ask(handler, `decision/${id}/discard`, {})).status).toBe(204)
    expect((await ask(handler, `decision/${id}/discard`, {})).status).toBe(204)
    expect(await list(handler, id)).toEqual([])
    expect((await write(handler, `decision/${id}`, 2, 'Uusi', `${handler.writer}.1`)).status).toBe(200)
  })

  test('one person has so many drafts at most; the one untouched the longest goes first', async () => {
    const ids = Array.from({ length: mostDrafts }, newId)
    // From the one untouched the longest to the youngest.
    await sql`
      insert into draft (subject, kind, object_id, writer, sequence, body, saved_at)
      select 'handler-1', 'decision', id, ${handler.writer}::uuid, 1, 'v1.', now() - make_interval(mins => 500 - place::int)
      from unnest(${ids}::text[]) with ordinality as one (id, place)`.execute(desk.house.db)
    await write(handler, `decision/${ids[0]}`, 2, 'Vielä kesken')
    const added = [newId(), newId(), newId()]
    for (const id of added) await write(handler, `decision/${id}`, 3, 'Uusi')
    await write(clerk, `check/${newId()}`, 1, 'toisen')
    const kept = await desk.house.db
      .selectFrom('draft')
      .select('object_id')
      .where('subject', '=', 'handler-1')
      .execute()
    expect(new Set(kept.map((row) => row.object_id))).toEqual(new Set([ids[0], ...ids.slice(4), ...added]))
    expect(await desk.house.db.selectFrom('draft').select('subject').execute()).toHaveLength(mostDrafts + 1)
  })

  test('a draft untouched for thirty days is thrown away, a younger one is not', async () => {
    const [old, young] = [newId(), newId()]
    await write(handler, `decision/${old}`, 1, grounds)
    await write(handler, `decision/${young}`, 1, grounds)
    const age = (id: string, time: string) =>
      sql`update draft set saved_at = now() - ${time}::interval where object_id = ${id}`.execute(desk.house.db)
    await age(old, '30 days 1 minute')
    await age(young, '29 days 23 hours')
    expect(await desk.house.db.transaction().execute(deleteOldDrafts)).toBe(1)
    expect(await list(handler, old)).toEqual([])
    expect(await readText(handler, young)).toEqual([grounds])
  })

  test('a draft that no longer opens, its key lost, does not stand in the way', async () => {
    const id = newId()
    const address = await desk.openWith({ draftKey: randomBytes(32).toString('base64') })
    await write(handler, `decision/${id}`, 1, grounds)
    // The cookie's name holds the port of the desk it was given by; both desks are one installation to the browser.
    const body = { version: `${randomUUID()}.1`, since: null, body: { value: { grounds: 'Uudella avaimella' } } }
    expect((await ask(handler, id, undefined, address)).body.drafts).toEqual([])
    expect((await ask(handler, `decision/${id}`, body, address)).status).toBe(200)
    const [draft] = (await ask(handler, id, undefined, address)).body.drafts
    expect(draft?.body).toEqual(body.body)
  })
})
