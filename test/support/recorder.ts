import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { readCaller } from '@tasain/kit'

/** A request as a service behind the gateway saw it; `body` is undefined until it has been read to its end. */
export type SeenRequest = { method: string; url: string; subject: string; body: string | undefined }

/** `faults` are the bytes that could not be read as a request; `settle` waits until it is known who sent each request seen. */
export type Recorder = {
  seen: SeenRequest[]
  faults: string[]
  listener: RequestListener
  settle: () => Promise<void>
}

/**
 * Stands in the place of a service: writes down each request it reads, whoever sent it, and answers with what it saw. A query
 * `early` is answered before the body is read, `cut` is broken off.
 */
export function createRecorder(server: Server, deskPublicKey: string): Recorder {
  const seen: SeenRequest[] = []
  const faults: string[] = []
  const naming: Promise<unknown>[] = []
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // A sender that breaks off in the middle of a body is no fault in what it sent.
    if (error.code?.startsWith('HPE_') && error.code !== 'HPE_INVALID_EOF_STATE') faults.push(error.code)
    socket.destroy()
  })
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    request.on('error', () => {})
    const { method = '', url = '' } = request
    const record: SeenRequest = { method, url, subject: '', body: undefined }
    seen.push(record)
    const token = request.headers.authorization?.replace('Bearer ', '') ?? ''
    const named = readCaller({ desk: deskPublicKey }, token).then((caller) => {
      record.subject = caller?.subject ?? ''
    })
    naming.push(named)
    await named
    if (url.includes('cut')) return void request.socket.destroy()
    if (!url.includes('early')) {
      const body = await request.toArray().catch(() => undefined)
      if (!body) return
      record.body = Buffer.concat(body as Buffer[]).toString('latin1')
    }
    const text = JSON.stringify({ method, url, subject: record.subject })
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length }).end(text)
  }
  return {
    seen,
    faults,
    listener: (request, response) => void listener(request, response),
    async settle() {
      // More may come in meanwhile.
      for (let known = -1; known !== naming.length; ) {
        known = naming.length
        await Promise.all(naming)
      }
    },
  }
}
