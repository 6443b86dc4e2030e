import type { PlanReasons } from '@tasain/contracts'
import { expect, test } from 'vitest'
import { explainQueues, explainSaving, reasonTexts } from './reason-texts.ts'

const { fi, sv } = reasonTexts
const reasons: PlanReasons = {
  rules: [],
  fromDaysBefore: 15,
  fromDaysAfter: 14,
  toDaysBefore: 18.6,
  toDaysAfter: 19,
  ofClass: { fromDaysBefore: 40, fromDaysAfter: 22, toDaysBefore: 3.5, toDaysAfter: 9 },
  saving: 0,
  alternatives: [],
}

test('the queues of those able come before the queues of the offices, and are told as the effect of the whole plan', () => {
  expect(explainQueues(reasons, 'Malmi', 'Lahti', fi)).toEqual([
    'Malmi: niillä, jotka osaavat tämän työn, jono 40,0 pv, koko suunnitelman jälkeen 22,0 pv',
    'Lahti: niillä, jotka osaavat tämän työn, jono 3,5 pv, koko suunnitelman jälkeen 9,0 pv',
    'Malmi: koko toimiston jono 15,0 pv, koko suunnitelman jälkeen 14,0 pv',
    'Lahti: koko toimiston jono 18,6 pv, koko suunnitelman jälkeen 19,0 pv',
  ])
  const none = { fromDaysBefore: null, fromDaysAfter: null, toDaysBefore: 0, toDaysAfter: 1 }
  expect(explainQueues({ ...reasons, ofClass: none }, 'Malmi', 'Lahtis', sv)[0]).toBe(
    'Malmi: ingen kan göra det här arbetet under de kända dagarna',
  )
})

test('a saving is told as delay, not as working time; where it rounds to nothing, that no more would pay', () => {
  expect(explainSaving(187.8, fi)).toMatch(/säästää viivettä, jonka haitta vastaa 187,8 työminuuttia/)
  expect(explainSaving(187.8, sv)).toMatch(/sparar dröjsmål .* 187,8 arbetsminuter/)
  expect(explainSaving(0, fi)).toMatch(/juuri niin paljon kuin kannattaa/)
  expect(explainSaving(0, sv)).toMatch(/precis så mycket som lönar sig/)
})

test('what was likely to come in is told where the plan knew, in working days of work', () => {
  const lines = explainQueues({ ...reasons, coming: { fromDays: 14.2, toDays: null } }, 'Malmi', 'Lahti', fi)
  expect(lines.slice(4)).toEqual(['Malmi: seuraavien 13 työpäivän aikana saapuu arviolta töitä 14,2 pv'])
  expect(explainQueues(reasons, 'Malmi', 'Lahti', fi)).toHaveLength(4)
  expect(explainQueues({ ...reasons, coming: { fromDays: 14.2, toDays: 9 } }, 'Malm', 'Lahtis', sv).at(-1)).toBe(
    'Lahtis: under de följande 13 arbetsdagarna väntas arbete för 9,0 dgr',
  )
})
