import { randomBytes } from 'node:crypto'
import { parseHetu } from '@tasain/vocabulary'
import { expect, test } from 'vitest'
import { createBlindIndex, createIdentityCipher } from './cipher.ts'

const key = () => randomBytes(32).toString('base64')
const code = '010190-999W'
const hetu = parseHetu(code)

test('an identity code comes back from its encrypted form, which never looks the same twice', () => {
  const cipher = createIdentityCipher(key())
  const kept = cipher.encryptText(code)
  expect(cipher.decryptText(kept)).toBe(code)
  expect(cipher.encryptText(code)).not.toBe(kept)
  expect(kept).not.toContain(code)
})

test('a misread code is kept too; one altered, under another key or with a shortened tag is refused', () => {
  const cipher = createIdentityCipher(key())
  const kept = cipher.encryptText('O1O190-999W')
  expect(cipher.decryptText(kept)).toBe('O1O190-999W')
  expect(cipher.decryptText(cipher.encryptText(''))).toBe('')
  expect(() => cipher.decryptText(`${kept.slice(0, -2)}AA`)).toThrow()
  expect(() => createIdentityCipher(key()).decryptText(kept)).toThrow()
  const [version, iv, tag = '', data] = kept.split('.')
  const short = Buffer.from(tag, 'base64url').subarray(0, 4).toString('base64url')
  expect(() => cipher.decryptText([version, iv, short, data].join('.'))).toThrow()
})

test('the blind index of a code is the same under one key and another under the next', () => {
  if (!hetu) throw new Error('the code of this test is not valid')
  const [one, other] = [key(), key()]
  expect(createBlindIndex(one)(hetu)).toBe(createBlindIndex(one)(hetu))
  expect(createBlindIndex(one)(hetu)).not.toBe(createBlindIndex(other)(hetu))
})
