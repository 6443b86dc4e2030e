import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { type Hetu, revealHetu } from '@tasain/vocabulary'

/** Keeps identity codes: encrypted at rest, found by a keyed hash. Keys are 32 bytes in base64. */
export type IdentityCipher = {
  /** A code, or text that only looks like one, such as a misread one: `v1.<iv>.<tag>.<data>` in base64url. */
  encryptText: (text: string) => string
  /** @throws when the text was not made with this key. */
  decryptText: (text: string) => string
}

export function createIdentityCipher(base64Key: string): IdentityCipher {
  const key = readKey(base64Key)
  return {
    encryptText(text) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return ['v1', ...[iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url'))].join('.')
    },
    decryptText(text) {
      const [version, iv, tag, data] = text.split('.')
      if (version !== 'v1' || !iv || !tag || data === undefined)
        throw new Error('an identity code is not stored in a known form')
      // Without its length a tag cut to four bytes would do, which can be guessed.
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'), { authTagLength: 16 })
      decipher.setAuthTag(Buffer.from(tag, 'base64url'))
      return Buffer.concat([decipher.update(Buffer.from(data, 'base64url')), decipher.final()]).toString('utf8')
    },
  }
}

/** A keyed hash by which an identity code is found without being stored: the same code always gives the same text. */
export function createBlindIndex(base64Key: string): (hetu: Hetu) => string {
  const key = readKey(base64Key)
  return (hetu) => createHmac('sha256', key).update(revealHetu(hetu)).digest('base64url')
}

function readKey(base64Key: string): Buffer {
  const key = Buffer.from(base64Key, 'base64')
  if (key.length !== 32) throw new Error('a key must be 32 bytes in base64')
  return key
}
