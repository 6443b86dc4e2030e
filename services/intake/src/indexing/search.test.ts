import { type RefusalBody, searchResult, stored } from '@tasain/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import {
  clerk,
  clerkElsewhere,
  drawJpeg,
  openTestBatch,
  sendScan,
  startTestHouse,
  type TestHouse,
} from '../test-house.ts'
import { keepReading, madeUpReading, testHetu } from '../test-reading.ts'

let intake: TestHouse
const pages: Record<string, string> = {}
beforeAll(async () => {
  intake = await startTestHouse((await testDatabase('intake')).appUrl)
  await keep('housing', 'Hakemus yleisestä asumistuesta Maija Meikäläinen 15110 Lahti')
  await keep('sickness', 'Sairauspäivärahaa hakee Åke Öhman Närpiö, René')
  await keep('swedish', 'Ansökan om barnbidrag Märta Åkerlund')
  await keep('elsewhere', 'Hakemus asumistuesta Kuopiosta', clerkElsewhere)
})
afterAll(async () => intake.stop())

async function keep(name: string, text: string, by = clerk) {
  const response = await sendScan(intake.ask, await openTestBatch(intake.ask, {}, by), await drawJpeg(name), { by })
  const { scan } = stored.parse(await response.json())
  pages[name] = scan.pages[0]?.id ?? ''
  await keepReading(intake.house, pages[name], madeUpReading({ text }))
}
const askFor = async (q: string, by = clerk) =>
  await intake.ask('/search', { method: 'POST', body: JSON.stringify({ q }), by })
const search = async (q: string, by = clerk) => searchResult.parse(await (await askFor(q, by)).json())
const names = ({ hits }: { hits: { pageId: string }[] }) =>
  hits.map((hit) => Object.entries(pages).find(([, id]) => id === hit.pageId)?.[0])

test.each([
  ['asumistuesta', ['housing']],
  ['ASUMISTUKI', ['housing']],
  ['maija lahti', ['housing']],
  ['"maija meikäläinen"', ['housing']],
  ['"meikäläinen maija"', []],
  ['hakemus -maija', []],
  ['sairauspäiväraha', ['sickness']],
  ['rene', ['sickness']],
  ['barnbidraget', ['swedish']],
  ['åkerlund', ['swedish']],
  ['narpio', []],
  ['öhman or märta', ['sickness', 'swedish']],
])('a search for %s finds what a person means by it', async (words, expected) => {
  expect(new Set(names(await search(words)))).toEqual(new Set(expected))
})

test('each office finds its own pages alone, and what it was shown is in the access log', async () => {
  const { hits, total } = await search('asumistuesta', clerkElsewhere)
  expect([names({ hits }), total]).toEqual([['elsewhere'], 1])
  const looks = await intake.house.db
    .selectFrom('access_entry')
    .select('object_id')
    .where('subject', '=', clerkElsewhere.subject)
    .where('action', '=', 'page.search')
    .execute()
  expect(looks).toEqual([{ object_id: pages['elsewhere'] }])
})

test('a hit shows the words in their place in the text and on the page', async () => {
  const { hits } = await search('meikäläinen')
  expect(hits[0]?.excerpt).toContain('Maija «Meikäläinen» 15110')
  expect(hits[0]?.boxes).toEqual([[400, 10, 90, 20]])
})

test.each([
  [testHetu, 'search.identity_code'],
  [`maija ${testHetu.toLowerCase()}`, 'search.identity_code'],
  ['%%%', 'search.no_words'],
  ['OR OR OR', 'search.no_words'],
  ['-maija -matti', 'search.no_words'],
  ['', 'search.no_words'],
  ['ab', 'search.too_short'],
])('a search for "%s" is refused by a sentence of its own: %s', async (words, code) => {
  const answer = await askFor(words)
  const told = await answer.text()
  expect([answer.status, (JSON.parse(told) as RefusalBody).error.code]).toEqual([400, code])
  expect(told).not.toContain(testHetu)
})

test('words are not taken from an address, where others would write them down', async () => {
  expect((await intake.ask('/search?q=asumistuesta')).status).toBe(404)
})

test('hostile words are an answer like any other, never a fault', async () => {
  for (const words of [
    "'; drop table page; --",
    '((((',
    'a:*&|!',
    '"unfinished',
    '%%% ___',
    '\\\\\\',
    '🦜🦜🦜',
    'or or or',
    '- - -',
  ])
    expect([words, (await askFor(words)).status < 500]).toEqual([words, true])
})

test('pages of somebody under non-disclosure are not found', async () => {
  const id = pages['swedish'] ?? ''
  const { application_id: application } = await intake.house.db
    .selectFrom('page')
    .select('application_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const version = 2
  const body = JSON.stringify({ version, fields: {}, restricted: true })
  expect((await intake.ask(`/applications/${application}/corrections`, { method: 'POST', body })).status).toBe(200)
  expect((await search('barnbidrag')).hits).toEqual([])
})
