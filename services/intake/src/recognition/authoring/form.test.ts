import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type FormDraft, type FormPlace, formList, formMade, formSaved, formTrial } from '@tasain/contracts'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawBlank, drawForm } from '../../../../../test/samples/form.ts'
import { ownDatabase } from '../../../../../test/support/database.ts'
import { sweepHouse } from '../../archive/sweep.work.ts'
import { clerk, startTestHouse, type TestHouse } from '../../test-house.ts'
import { turnShelf } from '../forms/shelf.store.ts'
import { insertForm } from './form.store.ts'
import { admin, listFaults, openTestDesk } from './test-desk.ts'

let [one, other]: TestHouse[] = []
const getHouse = (house: TestHouse | undefined): TestHouse => {
  if (house === undefined) throw new Error('the house did not start')
  return house
}
const intake = () => getHouse(one)
const { upload, post, getForm } = openTestDesk(intake)

beforeAll(async () => {
  const url = (await ownDatabase()).urlsOf('intake').appUrl
  one = await startTestHouse(url)
  // A second process on the same database.
  other = await startTestHouse(url)
})
afterAll(async () => {
  await one?.stop()
  await other?.stop()
})

/** What a person adds to the proposal: words for the form's own fields. */
const complete = (draft: FormDraft): FormDraft => ({
  ...draft,
  fields: draft.fields.map((field) => ({
    ...field,
    names: { fi: field.label, sv: field.names.sv || `på svenska: ${field.label}` },
  })),
})

/** A draft with the blank of the form that the tests are about. */
async function reviseForm(): Promise<string> {
  const { edition } = await getForm(id)
  return formMade.parse(await (await post(`/forms/${id}/revise`, { edition })).json()).id
}

/** What a house takes a filled copy for. */
async function recognise(house: TestHouse | undefined, seed: number) {
  const { bytes, truth, mediaType } = await drawForm({ layout: 'study-fi', seed, damage: 'office' })
  const path = join(getHouse(house).folder, `copy-${seed}`)
  await writeFile(path, bytes)
  const read = await getHouse(house).house.readFields(path, mediaType, 1)
  if (!read.ok) throw new Error(read.code)
  return { reading: read.reading, truth }
}

let id: string
test('a blank form is proposed: its code, its fields and their names', { timeout: 240_000 }, async () => {
  const answer = await upload('/forms', (await drawBlank('study-fi', 1)).bytes)
  expect(answer.status).toBe(201)
  id = formMade.parse(await answer.json()).id
  const { state, draft, words } = await getForm(id)
  expect(state).toBe('draft')
  expect(draft).toMatchObject({ code: 'OT 5', version: '2026-09', language: 'fi', benefit: 'OT' })
  expect(draft.barcode?.begins).toBe('TSN:OT5:2026-09:1:')
  expect(draft.fields.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'hetu',
      'name',
      'address',
      'postal',
      'phone',
      'iban',
      'date',
      'oppilaitos',
      'free',
      'sign',
    ]),
  )
  expect(draft.fields.filter(({ type }) => type === 'tick')).toHaveLength(2)
  expect(words.map(({ text }) => text)).toContain('Oppilaitos')
  const image = await intake().ask(`/forms/${id}/image`, { by: admin })
  expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/webp'])
})

test('of one that is not seen to be filled in no identity code stands among its words, and each look at it is logged', async () => {
  const { db } = intake().house
  const { draft } = await getForm(id)
  const [x, y] = draft.fields.find(({ name }) => name === 'hetu')?.region ?? [0, 0]
  const words = [
    { text: 'Virtanen', box: [200, 500, 100, 30] },
    { text: '13I052-9O8X', box: [x + 10, y + 10, 300, 30] },
    { text: '131052-', box: [200, 3000, 100, 30] },
    { text: '908F', box: [310, 3000, 60, 30] },
  ].map(({ text, box }) => ({ text, box: box as FormPlace }))
  const filled = await db
    .transaction()
    .execute((tx) => insertForm(tx, { draft, image: Buffer.from('image'), words, by: admin.subject }))
  const { words: kept, edition } = await getForm(filled)
  expect(kept.map(({ text }) => text)).toEqual(['Virtanen', '•'.repeat(11), '•'.repeat(7), '•'.repeat(4)])
  expect((await intake().ask(`/forms/${filled}/image`, { by: admin })).status).toBe(200)
  const seen = await db
    .selectFrom('access_entry')
    .select(['action', 'object_kind'])
    .where('object_id', '=', filled)
    .orderBy('seen_at')
    .execute()
  expect(seen.map((one) => `${one.action} ${one.object_kind}`)).toEqual(['form.list form', 'form.list form_blank'])
  expect((await post(`/forms/${filled}/discard`, { edition })).status).toBe(200)
})

test('only an administrator makes forms', async () => {
  for (const path of ['/forms', `/forms/${id}`, `/forms/${id}/image`])
    expect((await intake().ask(path, { by: clerk })).status).toBe(403)
  expect((await post(`/forms/${id}/publish`, { edition: 1 }, clerk)).status).toBe(403)
  expect((await upload('/forms', Buffer.from('x'), clerk)).status).toBe(403)
})

test('many look at forms at a time, and none waits for a second connection', async () => {
  const looks = Array.from({ length: 60 }, () => intake().ask(`/forms/${id}`, { by: admin }))
  expect(new Set((await Promise.all(looks)).map(({ status }) => status))).toEqual(new Set([200]))
})

test('a draft is saved on its newest edition only, and published only when nothing contradicts', async () => {
  const { draft, edition } = await getForm(id)
  const faults = await listFaults(await post(`/forms/${id}/publish`, { edition }))
  expect(faults).toEqual(['form.contradicts', 'words_missing', 'words_missing', 'words_missing'])
  const clashing = {
    ...draft,
    fields: draft.fields.map((field) => ({ ...field, name: field.name === 'iban' ? 'hetu' : field.name })),
  }
  const saved = formSaved.parse(await (await post(`/forms/${id}/draft`, { edition, draft: clashing })).json())
  expect(saved.edition).toBe(edition + 1)
  expect(await listFaults(await post(`/forms/${id}/publish`, { edition: saved.edition }))).toEqual(
    expect.arrayContaining(['name_twice', 'name_of_other_type']),
  )
  expect(await listFaults(await post(`/forms/${id}/draft`, { edition, draft }))).toEqual(['form.changed'])
  const huge = { ...draft, fields: [{ ...draft.fields[0], region: [0, 0, 1e9, 10] }] }
  expect(await listFaults(await post(`/forms/${id}/draft`, { edition: saved.edition, draft: huge }))).toContain(
    'request.invalid',
  )
  const spaced = { ...complete(draft), code: `${draft.code} ` }
  expect((await post(`/forms/${id}/draft`, { edition: saved.edition, draft: spaced })).status).toBe(200)
})

test('a filled copy is tried, and nothing of it is kept', { timeout: 240_000 }, async () => {
  const { draft } = await getForm(id)
  const { bytes, truth } = await drawForm({ layout: 'study-fi', seed: 5, damage: 'office' })
  const answer = await upload(`/forms/${id}/trials`, bytes)
  const { pages } = formTrial.parse(await answer.json())
  expect(pages).toMatchObject([{ page: 1, fit: 'lines' }])
  const key = draft.fields.find(({ name }) => name === 'iban')?.key ?? ''
  expect(pages[0]?.fields[key]).toMatchObject({ value: truth.fields['iban'], status: 'sure' })
  const { scans } = await intake()
    .house.db.selectFrom('scan')
    .select((eb) => eb.fn.countAll<number>().as('scans'))
    .executeTakeFirstOrThrow()
  expect(scans).toBe(0)
})

test('once published every process reads by it, without a restart', { timeout: 240_000 }, async () => {
  expect((await recognise(other, 11)).reading.form).toBeNull()
  const { edition } = await getForm(id)
  expect((await post(`/forms/${id}/publish`, { edition })).status).toBe(200)
  for (const house of [one, other]) {
    const { reading, truth } = await recognise(house, 12)
    expect(reading).toMatchObject({ form: { code: 'OT 5', version: '2026-09', benefit: 'OT' }, found: 'regions' })
    expect(reading.fields['hetu']).toMatchObject({ value: truth.fields['hetu'], status: 'sure' })
  }
  expect((await post(`/forms/${id}/draft`, { edition: edition + 1, draft: (await getForm(id)).draft })).status).toBe(
    409,
  )
})

test('a new version takes its place, and a prefix that another form owns is refused', {
  timeout: 240_000,
}, async () => {
  const next = await reviseForm()
  expect(await listFaults(await post(`/forms/${next}/publish`, { edition: 1 }))).toEqual([
    'form.contradicts',
    'version_taken',
  ])
  const { draft } = await getForm(next)
  const stolen = {
    ...draft,
    version: '2027-01',
    barcode: { text: 'TSN:TO1:1', begins: 'TSN:TO1:', box: [2000, 100, 200, 200] as const },
  }
  await post(`/forms/${next}/draft`, { edition: 1, draft: stolen })
  expect(await listFaults(await post(`/forms/${next}/publish`, { edition: 2 }))).toEqual([
    'form.contradicts',
    'prefix_taken',
  ])
  await post(`/forms/${next}/draft`, { edition: 2, draft: { ...draft, version: '2027-01' } })
  expect((await post(`/forms/${next}/publish`, { edition: 3 })).status).toBe(200)
  expect((await recognise(other, 13)).reading.form).toMatchObject({ code: 'OT 5', version: '2027-01' })
  const { forms } = formList.parse(await (await intake().ask('/forms', { by: admin })).json())
  const ours = forms
    .filter(({ code }) => code === 'OT 5')
    .map(({ version, state, isNewest }) => ({ version, state, isNewest }))
  expect(ours).toEqual([
    { version: '2027-01', state: 'published', isNewest: true },
    { version: '2026-09', state: 'published', isNewest: false },
  ])
  expect(forms.filter(({ state }) => state === 'shipped').length).toBeGreaterThan(5)

  expect((await post(`/forms/${next}/withdraw`, { edition: 4 })).status).toBe(200)
  expect((await recognise(other, 13)).reading.form).toMatchObject({ version: '2026-09' })
  expect((await post(`/forms/${id}/withdraw`, { edition: (await getForm(id)).edition })).status).toBe(200)
  expect((await recognise(one, 13)).reading.form).toBeNull()
})

test('a definition that does not hold is left out, and the others are still known', { timeout: 240_000 }, async () => {
  const { db } = intake().house
  await db
    .updateTable('form')
    .set({ state: 'published', withdrawn_at: null, definition: '{"anchors": 5}' })
    .where('id', '=', id)
    .execute()
  await db.transaction().execute(turnShelf)
  const { forms } = await intake().house.forms.get()
  expect(forms.map(({ code }) => code)).toEqual(expect.arrayContaining(['TO 1', 'YA 2']))
  expect(forms.some(({ code }) => code === 'OT 5')).toBe(false)
})

test('a draft that nobody has changed for a quarter of a year is thrown away with its blank', {
  timeout: 240_000,
}, async () => {
  const { db } = intake().house
  const [forgotten, kept] = [await reviseForm(), await reviseForm()]
  const age = async (days: number, ids: string[]) =>
    await db
      .updateTable('form')
      .set({ changed_at: sql`now() - make_interval(days => ${days})` })
      .where('id', 'in', ids)
      .execute()
  await age(91, [forgotten, id])
  await age(89, [kept])
  await sweepHouse(intake().house)
  const forms = await db.selectFrom('form').select('id').execute()
  const blanks = await db.selectFrom('form_blank').select('form_id as id').execute()
  for (const left of [forms, blanks].map((rows) => rows.map((row) => row.id))) {
    expect(left).toEqual(expect.arrayContaining([kept, id]))
    expect(left).not.toContain(forgotten)
  }
})

test('a draft is thrown away with its blank; what is published is not', { timeout: 240_000 }, async () => {
  const { edition } = await getForm(id)
  expect(await listFaults(await post(`/forms/${id}/discard`, { edition }))).toEqual(['form.not_draft'])
  const draft = await reviseForm()
  expect((await post(`/forms/${draft}/discard`, { edition: 1 })).status).toBe(200)
  expect((await intake().ask(`/forms/${draft}`, { by: admin })).status).toBe(404)
  expect((await intake().ask(`/forms/${draft}/image`, { by: admin })).status).toBe(404)
})
