import { readFileSync } from 'node:fs'
import { benefits, isId, languages } from '@tasain/vocabulary'
import { expect, test } from 'vitest'
import { findServingOffice, readNation } from './nation.ts'
import { people } from './people.ts'

const nation = readNation()
const officeIds = new Set(nation.offices.map(({ id }) => id))
const staffOf = (office: string) => nation.handlers.filter(({ officeId }) => officeId === office)

test('the nation has 5 regions, 24 districts and 65 offices, each in its place, and no id twice', () => {
  expect([nation.regions, nation.districts, nation.offices].map((list) => list.length)).toEqual([5, 24, 65])
  const districtIds = new Set(nation.districts.map(({ id }) => id))
  const regionIds = new Set(nation.regions.map(({ id }) => id))
  expect(nation.offices.every(({ districtId }) => districtIds.has(districtId))).toBe(true)
  expect(nation.districts.every(({ regionId }) => regionIds.has(regionId))).toBe(true)
  expect(new Set([...officeIds, ...districtIds, ...regionIds]).size).toBe(94)
  expect(nation.offices.map(({ number }) => number)).toEqual(Array.from({ length: 65 }, (_, index) => index + 1))
})

test('everything has a name in Finnish and in Swedish', () => {
  const named = [...nation.regions, ...nation.districts, ...nation.offices]
  expect(named.filter(({ nameFi, nameSv }) => !nameFi || !nameSv)).toEqual([])
})

test('every office has at least two handlers, and the largest can do every benefit', () => {
  for (const id of officeIds) {
    const staff = staffOf(id)
    expect(staff.length, id).toBeGreaterThanOrEqual(2)
    if (staff.length >= 5) expect(new Set(staff.flatMap((one) => one.benefits)).size, id).toBe(benefits.length)
  }
})

test('every benefit can be done in both languages somewhere, also under non-disclosure', () => {
  for (const benefit of benefits)
    for (const language of languages) {
      const able = nation.handlers.filter((one) => one.benefits.includes(benefit) && one.languages.includes(language))
      expect(
        able.some(({ cleared }) => cleared),
        `${benefit} ${language}`,
      ).toBe(true)
      expect(
        able.some(({ cleared }) => !cleared),
        `${benefit} ${language}`,
      ).toBe(true)
    }
})

test('offices with a notable share of Swedish have a handler who speaks it', () => {
  for (const office of nation.offices.filter(({ svShare }) => svShare >= 0.04))
    expect(
      staffOf(office.id).some((one) => one.languages.includes('sv')),
      office.id,
    ).toBe(true)
})

test('handlers have ids and subjects of their own, and benefits', () => {
  expect(nation.handlers.every(({ id }) => isId(id))).toBe(true)
  expect(new Set(nation.handlers.map(({ id }) => id)).size).toBe(nation.handlers.length)
  expect(new Set(nation.handlers.map(({ subject }) => subject)).size).toBe(nation.handlers.length)
  expect(nation.handlers.filter((one) => one.benefits.length === 0 || one.minutesPerDay <= 0)).toEqual([])
})

test.each([
  ['15110', 'pha-1', 'Lahti'],
  ['00100', 'hel-1', 'Helsinki'],
  ['00700', 'hel-3', 'Malmi'],
  ['00930', 'hel-2', 'Itäkeskus'],
  ['65100', 'poh-1', 'Vaasa'],
  ['22100', 'aland-1', 'Mariehamn'],
  ['99800', 'lap-4', 'Ivalo'],
  ['17500', 'pha-2', 'Padasjoki, nearest to Heinola'],
  ['47400', 'pha-1', 'Iitti, of Päijät-Häme since 2021'],
])('postal code %s is served by %s: %s', (code, office) => {
  expect(findServingOffice(nation.postalAreas, code)).toBe(office)
})

test('every text of five digits is served by an office that exists, others by none', () => {
  for (let number = 0; number < 100_000; number += 7) {
    const code = String(number).padStart(5, '0')
    expect(officeIds.has(findServingOffice(nation.postalAreas, code) ?? ''), code).toBe(true)
  }
  for (const text of ['', '0010', '001000', '0010O', ' 00100'])
    expect(findServingOffice(nation.postalAreas, text)).toBeUndefined()
})

test('every office serves some postal code', () => {
  expect(new Set(nation.postalAreas.map(({ officeId }) => officeId))).toEqual(officeIds)
})

test('the people who sign in stand in their offices, and the handlers among them are handlers of the nation', () => {
  for (const person of people) {
    const office = nation.offices.find(({ id }) => id === person.officeId)
    if (person.officeId !== undefined) expect(office?.districtId).toBe(person.districtId)
    if (!person.roles.includes('handler')) continue
    const handler = nation.handlers.find(({ subject }) => subject === person.subject)
    expect(handler).toMatchObject({ name: person.name, officeId: person.officeId })
    expect(handler?.benefits).toEqual(expect.arrayContaining(['YA', 'SP', 'LL']))
    expect(handler?.languages).toContain(person.language)
  }
  const count = (role: string) => people.filter(({ roles }) => roles.some((own) => own === role)).length
  expect([count('clerk'), count('manager'), count('auditor'), count('admin')]).toEqual([3, 2, 1, 1])
})

test('the map has every maakunta once, every district in one of them, and stays small', () => {
  const text = readFileSync(new URL('../../services/desk/web/manager/finland.json', import.meta.url), 'utf8')
  const map: { features: { properties: { NAMEFIN: string; NAMESWE: string; districts: string[] } }[] } =
    JSON.parse(text)
  expect(text.length).toBeLessThan(60_000)
  expect(new Set(map.features.map(({ properties }) => properties.NAMEFIN)).size).toBe(19)
  const shown = map.features.flatMap(({ properties }) => properties.districts)
  expect(shown.sort()).toEqual(nation.districts.map(({ id }) => id).sort())
})
