import express from 'express'
import { afterAll, describe, expect, test } from 'vitest'
import { listening, readConfig } from './config.ts'
import { type Running, serve } from './server.ts'

const open: Running[] = []
afterAll(async () => {
  for (const { stop } of open) await stop()
})

async function serveAt(env: NodeJS.ProcessEnv): Promise<number> {
  const { host, port } = readConfig(listening, { PORT: '0', ...env })
  const app = express().get('/', (_request, response) => void response.end('here'))
  const running = await serve(app, port, host)
  open.push(running)
  return running.port
}

async function ask(host: string, port: number): Promise<string> {
  const response = await fetch(`http://${host}:${port}/`).catch(() => undefined)
  return (await response?.text()) ?? 'nobody'
}

describe('Services listen where they are told', () => {
  test('without a setting a service is reached from its own machine alone', async () => {
    const port = await serveAt({})
    expect([await ask('127.0.0.1', port), await ask('127.0.0.2', port)]).toEqual(['here', 'nobody'])
  })

  test('with HOST a service is reached there and nowhere else', async () => {
    const port = await serveAt({ HOST: '127.0.0.2' })
    expect([await ask('127.0.0.1', port), await ask('127.0.0.2', port)]).toEqual(['nobody', 'here'])
  })

  test('all addresses are for one who asks for them', async () => {
    const port = await serveAt({ HOST: '0.0.0.0' })
    expect([await ask('127.0.0.1', port), await ask('127.0.0.3', port)]).toEqual(['here', 'here'])
  })

  test('a HOST that is no address stops the start in a sentence', () => {
    expect(() => readConfig(listening, { PORT: '0', HOST: 'everywhere' })).toThrow(
      'HOST cannot be used: it must be an IP address of this machine, or 0.0.0.0 or :: for all of them.',
    )
  })
})
