import { generateKeyPairSync } from 'node:crypto'
import type { Caller } from '@tasain/contracts'
import { afterEach, expect, test, vi } from 'vitest'
import { readCaller, readViewGrant, signCaller, signViewGrant } from './token.ts'

const makeKeys = () =>
  generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
const desk = makeKeys()
const balancer = makeKeys()
const trusted = { desk: desk.publicKey, balancer: balancer.publicKey }
const clerk: Caller = { subject: 'c1', name: 'Kirsi', roles: ['clerk'], office: 'pha-1', district: 'pha' }
const service: Caller = { subject: 'balancer', name: 'balancer', roles: ['service'], office: null, district: null }

afterEach(() => void vi.useRealTimers())

test('a caller signed by the desk is read back as signed', async () => {
  expect(await readCaller(trusted, await signCaller('desk', desk.privateKey, clerk))).toEqual(clerk)
})

test('a service may sign for itself but never for a person, and the desk never for a service', async () => {
  expect(await readCaller(trusted, await signCaller('balancer', balancer.privateKey, service))).toEqual(service)
  expect(await readCaller(trusted, await signCaller('balancer', balancer.privateKey, clerk))).toBeUndefined()
  expect(await readCaller(trusted, await signCaller('desk', desk.privateKey, service))).toBeUndefined()
})

test('a token of a key that is not trusted, an altered or an expired one gives nobody', async () => {
  expect(await readCaller(trusted, await signCaller('desk', makeKeys().privateKey, clerk))).toBeUndefined()
  const token = await signCaller('desk', desk.privateKey, clerk)
  expect(await readCaller(trusted, `${token.slice(0, -4)}AAAA`)).toBeUndefined()
  vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] })
  expect(await readCaller(trusted, token)).toBeUndefined()
})

test('a view grant holds for five minutes and is no token of a caller', async () => {
  const grant = { subject: 'h1', application: '019a', epoch: 3, cleared: true }
  const token = await signViewGrant(balancer.privateKey, grant, new Date(Date.now() + 3_600_000))
  expect(await readViewGrant(balancer.publicKey, token)).toEqual(grant)
  expect(await readViewGrant(desk.publicKey, token)).toBeUndefined()
  expect(await readCaller(trusted, token)).toBeUndefined()
  vi.useFakeTimers({ now: Date.now() + 301_000, toFake: ['Date'] })
  expect(await readViewGrant(balancer.publicKey, token)).toBeUndefined()
})

test('a view grant ends with the lease when that comes first', async () => {
  const grant = { subject: 'h1', application: '019a', epoch: 3, cleared: false }
  const token = await signViewGrant(balancer.privateKey, grant, new Date(Date.now() + 60_000))
  expect(await readViewGrant(balancer.publicKey, token)).toEqual(grant)
  vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] })
  expect(await readViewGrant(balancer.publicKey, token)).toBeUndefined()
})
