import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parse, readConfig } from './config.ts'

const folder = mkdtempSync(join(tmpdir(), 'tasain-config-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const declaration = {
  port: { env: 'PORT', meaning: 'the port to listen on', parse: parse.port },
  store: { env: 'OBJECT_STORE', meaning: 'file or s3', parse: parse.oneOf('file', 's3'), fallback: 'file' as const },
  key: { env: 'IDENTITY_INDEX_KEY_FILE', meaning: 'the file with the key', parse: parse.secretFile },
}

test('settings in order become typed values and absent ones take their fallback', () => {
  const file = join(folder, 'key')
  writeFileSync(file, 'a secret\n')
  expect(readConfig(declaration, { PORT: '0', IDENTITY_INDEX_KEY_FILE: file })).toEqual({
    port: 0,
    store: 'file',
    key: 'a secret',
  })
})

test('every setting at fault is named in a sentence, and no secret is repeated', () => {
  const short = join(folder, 'short')
  writeFileSync(short, Buffer.alloc(31).toString('base64'))
  expect(() => parse.keyFile(short)).toThrow('32 bytes in base64')
  const env = { PORT: 'eighty', OBJECT_STORE: 'ftp', IDENTITY_INDEX_KEY_FILE: join(folder, 'absent'), TASAIN_PROT: '1' }
  expect(() => readConfig(declaration, env)).toThrow(/PORT cannot be used: it must be a port number/)
  expect(() => readConfig(declaration, env)).toThrow(/OBJECT_STORE cannot be used: it must be one of file, s3/)
  expect(() => readConfig(declaration, env)).toThrow(/IDENTITY_INDEX_KEY_FILE cannot be used: the file it names/)
  expect(() => readConfig(declaration, env)).toThrow(/TASAIN_PROT is not a setting/)
  expect(() => readConfig(declaration, {})).toThrow(/PORT is missing: the port to listen on/)
})
