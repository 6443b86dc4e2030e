import { nextTask } from '@tasain/contracts'
import { addDays, newId } from '@tasain/vocabulary'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type * as z from 'zod'
import {
  captureOutput,
  codes,
  doAll,
  fillShape,
  findInColumns,
  listRoutes,
  oddNumbers,
  oddTexts,
} from '../../../packages/kit/testing/odd-requests.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { handlerCaller, managerCaller, openHouse, type TestHouse } from '../testing/house.ts'
import { makeNation, makeSnapshot } from '../testing/nation.ts'
import { createApp } from './app.ts'

let house: TestHouse
const anna = handlerCaller('north-1-a')
const bertil = handlerCaller('north-1-b')
const manager = managerCaller('north')
const nation = makeNation(2)

beforeAll(async () => {
  house = await openHouse({ urls: await testDatabase('balancer'), nation })
  anna.subject = nation.handlers[0]?.subject ?? ''
  bertil.subject = nation.handlers[1]?.subject ?? ''
})
afterAll(() => house.close())

// Each on a day of its own, or they would contradict each other.
let day = '2026-12-01'
const rule = (reason: string) => {
  day = addDays(day, 1)
  return { scope: { office: 'north-1' }, value: { kind: 'blackout' }, from: day, to: day, reason }
}
const fillWith = (shape: z.ZodType, text: string, number = 1) =>
  fillShape(shape, { text: () => text, number: (path, usual) => (path.endsWith('epoch') ? number : usual) }) as object

/** The thing of that kind which the caller may do something with, or none. */
async function addressOf(path: string): Promise<string> {
  if (!path.includes(':id')) return path
  if (path.startsWith('/rules')) {
    const { body } = await house.ask(manager, 'POST', '/rules', rule('Rauhaa tarvitaan'))
    return path.replace(':id', (body as { id?: string }).id ?? newId())
  }
  await house.receive(makeSnapshot())
  const { task } = nextTask.parse((await house.ask(anna, 'POST', '/tasks/next')).body)
  return path.replace(':id', task?.id ?? newId())
}

const askBoth = async (path: string, body: object | undefined, key?: string) => {
  const address = await addressOf(path)
  return [await house.ask(anna, 'POST', address, body, key), await house.ask(manager, 'POST', address, body, key)]
}

describe('Identity codes', () => {
  test('none that is sent to any route is found in a column or the log', async () => {
    house.log.level = 'info'
    const output = await captureOutput(async () => {
      for (const code of codes) {
        const key = encodeURIComponent(`key of ${code}`)
        for (const { path, body } of listRoutes(createApp(house))) {
          if (!body) continue
          await askBoth(path, fillWith(body, `${code} ja`), key)
          if (code === codes[0]) await askBoth(path, fillWith(body, code), `${key} again`)
        }
        expect((await house.ask(manager, 'POST', '/rules', rule(`Syy ${code}`))).status).toBe(201)
        await house.receive(makeSnapshot())
        await house.ask(bertil, 'POST', '/tasks/next', undefined, key)
        await house.ask(anna, 'GET', `/moves?from=${encodeURIComponent(code)}`)
      }
    })
    house.log.level = 'silent'
    const { rows } = await house.database.pool.query('select from reservation where request_key is not null')
    expect(rows.length).toBeGreaterThan(0)
    expect(await findInColumns(house.db, 'balancer', codes)).toEqual([])
    expect(codes.filter((code) => output.includes(code))).toEqual([])
    expect(output).toContain('refused')
  }, 120_000)
})

describe('Odd requests are refused', () => {
  test('no text, number or nesting ends in a fault of the service', async () => {
    const faults: string[] = []
    const deeds: (() => Promise<void>)[] = []
    const plan = (what: string, ask: () => Promise<{ status: number }[]>) =>
      deeds.push(async () => {
        if ((await ask()).some(({ status }) => status >= 500)) faults.push(what.slice(0, 80))
      })
    for (const { path, body, query } of listRoutes(createApp(house))) {
      for (const text of oddTexts) {
        const what = `${path} ${JSON.stringify(text)}`
        if (body) plan(what, () => askBoth(path, fillWith(body, text)))
        const names = query ? Object.keys((query as z.ZodObject).shape) : []
        const search = new URLSearchParams(names.map((name): [string, string] => [name, text])).toString()
        if (query) plan(what, async () => [await house.ask(manager, 'GET', `${await addressOf(path)}?${search}`)])
      }
      for (const number of body ? oddNumbers : []) {
        const filled = fillShape(body as z.ZodType, { text: () => 'abcd', number: () => number }) as object
        plan(`${path} ${JSON.stringify(number)}`, () => askBoth(path, filled))
      }
      if (body) plan(`${path} nested`, () => askBoth(path, nest(1_500), newId()))
    }
    await doAll(deeds)
    expect(deeds.length).toBeGreaterThan(100)
    expect(faults).toEqual([])
  }, 120_000)
})

function nest(depth: number): object {
  let nested: object = {}
  for (let i = 0; i < depth; i += 1) nested = { a: nested }
  return nested
}
