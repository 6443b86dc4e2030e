import { benefits, languages } from '@tasain/vocabulary'
import { describe, expect, test } from 'vitest'
import { queueKey } from './queue-key.ts'

describe('One bad row stops nobody', () => {
  test('a queue’s key is never another’s, whatever it is made of', () => {
    const keys = new Set<number>()
    for (const officeNumber of [0, 1, 2, 9_999, 10_000, -1])
      for (const benefit of [...benefits, 'ZZ', ''])
        for (const language of [...languages, 'se'])
          for (const restricted of [false, true]) {
            const key = queueKey({ officeNumber, benefit: benefit as 'YA', language: language as 'fi', restricted })
            if (key !== 0) expect(keys.has(key)).toBe(false)
            if (key !== 0) keys.add(key)
          }
    expect(keys.size).toBe(3 * benefits.length * languages.length * 2)
  })
})
