import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { prepareSecrets } from './secrets.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tasain-secrets-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('secrets are made once and read back the same', () => {
  const first = prepareSecrets(folder)
  const content = readAll(first.folder)
  expect(prepareSecrets(folder)).toEqual(first)
  expect(readAll(first.folder)).toEqual(content)
  expect(new Set(content.values()).size).toBe(content.size)
})

test('nobody but the owner may read them', () => {
  const { folder: secrets } = prepareSecrets(folder)
  expect(statSync(secrets).mode & 0o777).toBe(0o700)
  for (const name of readdirSync(secrets)) expect(statSync(join(secrets, name)).mode & 0o777).toBe(0o600)
})

test('the two keys of a house belong together and cipher keys are 32 bytes', () => {
  const { keys, identityCipherKeyFile } = prepareSecrets(folder)
  const message = Buffer.from('who is asking')
  const signature = sign(null, message, createPrivateKey(readFileSync(keys.desk.privateKeyFile)))
  expect(verify(null, message, createPublicKey(readFileSync(keys.desk.publicKeyFile)), signature)).toBe(true)
  expect(verify(null, message, createPublicKey(readFileSync(keys.balancer.publicKeyFile)), signature)).toBe(false)
  expect(Buffer.from(readFileSync(identityCipherKeyFile, 'utf8'), 'base64')).toHaveLength(32)
})

test('Nothing unmeant is done: an installation of the version before gets a key for drafts, and keeps the rest', () => {
  const { folder: secrets, draftKeyFile } = prepareSecrets(folder)
  const before = readAll(secrets)
  rmSync(draftKeyFile)
  prepareSecrets(folder)
  const after = readAll(secrets)
  expect(Buffer.from(after.get('desk-draft') ?? '', 'base64')).toHaveLength(32)
  for (const [name, content] of before) if (name !== 'desk-draft') expect(after.get(name), name).toBe(content)
  expect(after.get('desk-draft')).not.toBe(before.get('desk-draft'))
})

test('a start that was killed between the two keys of a pair makes the pair anew', () => {
  const { keys } = prepareSecrets(folder)
  const before = readFileSync(keys.intake.publicKeyFile, 'utf8')
  rmSync(keys.intake.privateKeyFile)
  const { keys: again } = prepareSecrets(folder)
  const publicFromPrivate = createPublicKey(readFileSync(again.intake.privateKeyFile)).export({
    type: 'spki',
    format: 'pem',
  })
  expect(readFileSync(again.intake.publicKeyFile, 'utf8')).toBe(publicFromPrivate)
  expect(publicFromPrivate).not.toBe(before)
})

function readAll(directory: string): Map<string, string> {
  return new Map(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'utf8')]))
}
