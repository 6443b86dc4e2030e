import { expect, test } from 'vitest'
import type { FormPlace } from './form.ts'
import { sortByPlace } from './form-order.ts'

const order = (places: Readonly<Record<string, FormPlace>>) =>
  sortByPlace(Object.entries(places), ([, place]) => place).map(([name]) => name)

test('fields stand in the order people read them, whatever their heights in a row', () => {
  const places: Record<string, FormPlace> = {
    no: [500, 1002, 42, 42],
    yes: [200, 1000, 42, 42],
    amount: [1200, 795, 500, 76],
    begins: [200, 801, 450, 70],
    ends: [700, 799, 450, 72],
    name: [200, 600, 900, 70],
  }
  expect(order(places)).toEqual(['name', 'begins', 'ends', 'amount', 'yes', 'no'])
})

test('a place of many lines does not pull what stands beside it into one row', () => {
  const places: Record<string, FormPlace> = {
    lower: [1500, 700, 400, 70],
    upper: [1501, 520, 400, 70],
    free: [200, 500, 1200, 400],
  }
  expect(order(places)).toEqual(['free', 'upper', 'lower'])
})
