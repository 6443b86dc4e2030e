import { expect, test } from 'vitest'
import { findChoice, isChosen, pathOfChoice } from './choice.ts'
import { areas } from './outline.ts'

const area = areas.find(({ districts }) => districts.length > 1)
const [one = '', other = ''] = area?.districts ?? []

test('a district is chosen without the others of its area, and an area with all of its districts', () => {
  const read = (path: string) => findChoice(new URLSearchParams(path), [one, other])
  const district = read(pathOfChoice({ district: one }))
  expect([one, other].map((id) => isChosen(district, id))).toEqual([true, false])
  const whole = read(pathOfChoice({ area: area?.name ?? '' }))
  expect([one, other, 'elsewhere'].map((id) => isChosen(whole, id))).toEqual([true, true, false])
  expect(read('?district=nowhere')).toBeUndefined()
  expect(read(pathOfChoice(undefined))).toBeUndefined()
})
