import { expect, test } from 'vitest'
import { isId, newId } from './ids.ts'

test('ids made one after another are valid, different and in order', () => {
  const ids = Array.from({ length: 1000 }, newId)
  expect(ids.every(isId)).toBe(true)
  expect(new Set(ids).size).toBe(1000)
  expect([...ids].sort()).toEqual(ids)
})

test('an id in upper case, with blanks or cut short is refused', () => {
  const id = '0192f3c1-7a00-7c3e-8f00-0123456789ab'
  expect(isId(id)).toBe(true)
  for (const wrong of [id.toUpperCase(), ` ${id}`, `${id}\n`, id.slice(1), '']) expect(isId(wrong)).toBe(false)
})
