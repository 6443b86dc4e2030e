import type { Stored } from '@tasain/contracts'
import { DetailedError, type HttpResponse, Upload } from 'tus-js-client'
import { announceSession, listWriteHeaders } from '../../shell/server/client.ts'
import { showLife } from '../../shell/server/line.ts'
import { closeWrite, openWrite } from '../../shell/server/open-writes.ts'
import { describeLostConnection, readRefusal, type ServerRefusal } from '../../shell/server/refusal.ts'
import { fingerprintFile, forgetUploads, resumeStore, wasCutOff } from './resume-store.ts'

type Outcome = { stored: Stored | null } | { refusal: ServerRefusal } | 'stopped'

const uploadsPath = '/intake/uploads'
const chunkBytes = 1_048_576
const retryDelays = [0, 1_000, 3_000, 5_000, 10_000, 20_000, 30_000]
/** Uploads of an earlier load taken up again, so that the same file chosen twice does not go into one of them twice. */
const resumed = new Set<string>()
/** Where uploads of this load stand that a lost session or line has stopped, by their key. */
const stopped = new Map<string, string>()

/**
 * Sends one file into a batch in pieces. Goes on after a broken line or a lost session, and after a reload when the same
 * file is chosen again. The answer is the server's own word that the file is stored; null when it came without one.
 * Stops when it is told to; whether the file was stored by then has to be asked.
 */
export async function sendFile(
  batchId: string,
  key: string,
  file: File,
  stop: AbortSignal,
  onSent: (share: number) => void,
): Promise<Outcome> {
  const fingerprint = await fingerprintFile(batchId, file)
  const from = stopped.get(key) ?? (await findCutOff(fingerprint))
  if (stop.aborted) return 'stopped'
  openWrite(key, uploadsPath)
  const sending = { batchId, key, file, fingerprint, stop, onSent }
  const outcome = await sendFrom(from, sending)
  // All had arrived but its answer was lost: sent anew under the same key, it is answered as it was the first time.
  const isMute = from !== null && outcome !== 'stopped' && 'stored' in outcome && outcome.stored === null
  return isMute ? await sendFrom(null, sending) : outcome
}

/** Has the server forget the bytes of a file that was stopped, so that they wait for nobody. */
export async function discardStopped(key: string): Promise<void> {
  const url = stopped.get(key)
  stopped.delete(key)
  // What cannot be forgotten now is swept in time.
  if (url !== undefined) await Upload.terminate(url, { headers: listWriteHeaders() }).catch(() => undefined)
}

type Sending = {
  batchId: string
  key: string
  file: File
  fingerprint: string
  stop: AbortSignal
  onSent: (share: number) => void
}

async function sendFrom(from: string | null, sending: Sending): Promise<Outcome> {
  const { batchId, key, file, fingerprint, stop, onSent } = sending
  stopped.delete(key)
  return await new Promise<Outcome>((resolve) => {
    const upload = new Upload(file, {
      endpoint: `/api${uploadsPath}`,
      uploadUrl: from,
      chunkSize: chunkBytes,
      retryDelays,
      metadata: { batchId, fileName: file.name, idempotencyKey: key },
      urlStorage: resumeStore,
      fingerprint: async () => fingerprint,
      removeFingerprintOnSuccess: true,
      onBeforeRequest: (request) => {
        for (const [name, value] of Object.entries(listWriteHeaders())) request.setHeader(name, value)
      },
      onShouldRetry: (error) => isPassing(error.originalResponse?.getStatus() ?? 0),
      onProgress: (sent, total) => {
        showLife()
        onSent(total === 0 ? 1 : sent / total)
      },
      onSuccess: ({ lastResponse }) => {
        forgetUploads(fingerprint)
        closeWrite(key)
        resolve({ stored: readStored(lastResponse) })
      },
      onError: (error) => {
        const refusal = explain(error)
        if (refusal.code !== 'session.none' && !refusal.mayPass) {
          forgetUploads(fingerprint)
          closeWrite(key)
        } else if (upload.url !== null) stopped.set(key, upload.url)
        resolve({ refusal })
      },
    })
    stop.addEventListener('abort', () => {
      void upload.abort()
      forgetUploads(fingerprint)
      if (upload.url !== null) stopped.set(key, upload.url)
      resolve('stopped')
    })
    upload.start()
  })
}

/** The address of an upload of the same file into the same batch that was cut off before this page was loaded. */
async function findCutOff(fingerprint: string): Promise<string | null> {
  const uploads = await resumeStore.findUploadsByFingerprint(fingerprint)
  const found = uploads.find((one) => wasCutOff(one) && !resumed.has(one.urlStorageKey))
  if (!found) return null
  resumed.add(found.urlStorageKey)
  return found.uploadUrl
}

/** No answer at all, a line too slow, a conflict with an attempt still open, too many at once, or a service that is away. */
function isPassing(status: number): boolean {
  return status === 0 || status === 408 || status === 409 || status === 423 || status === 429 || status >= 500
}

function explain(error: Error | DetailedError): ServerRefusal {
  const response = error instanceof DetailedError ? error.originalResponse : null
  if (!response || response.getStatus() === 0) return describeLostConnection()
  const refusal = readRefusal(response.getStatus(), response.getBody())
  if (refusal.code === 'session.none') announceSession('lost')
  return refusal
}

function readStored(response: HttpResponse): Stored | null {
  try {
    const body: unknown = JSON.parse(response.getBody())
    return typeof body === 'object' && body !== null && 'scan' in body ? (body as Stored) : null
  } catch {
    return null
  }
}
