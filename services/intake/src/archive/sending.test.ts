import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@tasain/kit'
import express from 'express'
import { expect, test } from 'vitest'
import { sendFile } from './sending.api.ts'

test('whoever reads nothing of a file is let go of, and whoever reads gets all of it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tasain-sending-'))
  const path = join(folder, 'large')
  // More than the network takes in by itself.
  const bytes = 40_000_000
  await writeFile(path, Buffer.alloc(bytes))
  const ended: string[] = []
  const app = express()
  app.get('/', async (request, response) => {
    const everyMs = request.query['patient'] === 'yes' ? 60_000 : 200
    await sendFile(path, response, { bytes: 1, everyMs }).then(
      () => ended.push('sent'),
      () => ended.push('given up'),
    )
  })
  const running = await serve(app, 0)
  const answer = await fetch(`http://127.0.0.1:${running.port}/?patient=yes`)
  expect((await answer.arrayBuffer()).byteLength).toBe(bytes)
  const socket = connect(running.port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
  await expect.poll(() => ended, { timeout: 20_000 }).toEqual(['sent', 'given up'])
  socket.destroy()
  await running.stop()
  await rm(folder, { recursive: true, force: true })
}, 60_000)
