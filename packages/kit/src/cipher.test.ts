import { randomBytes } from 'node:crypto'
import { parseHetu, revealHetu } from '@tasain/vocabulary'
import { expect, test } from 'vitest'
import { createBlindIndex, createIdentityCipher } from './cipher.ts'

const key = () => randomBytes(32).toString('base64')
const hetu = parseHetu('010594Y9032')
const other = parseHetu('020594X903P')

test('an identity code comes back from its cipher, and no two ciphers of it are alike', () => {
  if (!hetu) throw new Error('the code of the test is not valid')
  const cipher = createIdentityCipher(key())
  const [first, second] = [cipher.encrypt(hetu), cipher.encrypt(hetu)]
  expect(first).not.toBe(second)
  expect(first).not.toContain('010594')
  expect(revealHetu(cipher.decrypt(first))).toBe('010594Y9032')
})

test('a cipher of another key or an altered one is refused', () => {
  if (!hetu) throw new Error('the code of the test is not valid')
  const text = createIdentityCipher(key()).encrypt(hetu)
  expect(() => createIdentityCipher(key()).decrypt(text)).toThrow()
  expect(() => createIdentityCipher(key()).decrypt('010594Y9032')).toThrow('not stored in a known form')
})

test('the blind index finds the same code and no other, under its own key only', () => {
  if (!hetu || !other) throw new Error('the codes of the test are not valid')
  const shared = key()
  expect(createBlindIndex(shared)(hetu)).toBe(createBlindIndex(shared)(hetu))
  expect(createBlindIndex(shared)(hetu)).not.toBe(createBlindIndex(shared)(other))
  expect(createBlindIndex(shared)(hetu)).not.toBe(createBlindIndex(key())(hetu))
})

test('a key that is too short stops the start', () => {
  expect(() => createBlindIndex('c2hvcnQ=')).toThrow('32 bytes')
})
