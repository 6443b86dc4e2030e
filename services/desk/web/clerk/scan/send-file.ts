import type { Stored } from '@tasain/contracts'
import { DetailedError, type HttpResponse, Upload } from 'tus-js-client'
import { announceSession, listWriteHeaders } from '../../shell/server/client.ts'
import { describeLostConnection, readRefusal, type ServerRefusal } from '../../shell/server/refusal.ts'
import { fingerprintFile, forgetUploads, resumeStore, wasCutOff } from './resume-store.ts'

type Outcome = { stored: Stored | null } | { refusal: ServerRefusal }

const chunkBytes = 1_048_576
const retryDelays = [0, 1_000, 3_000, 5_000, 10_000, 20_000, 30_000]
/** Uploads of an earlier load taken up again, so that the same file chosen twice does not go into one of them twice. */
const resumed = new Set<string>()
/** Where uploads of this load stand that a lost session or line has stopped, by their key. */
const stopped = new Map<string, string>()

/**
 * Sends one file into a batch in pieces. Goes on after a broken line or a lost session, and after a reload when the same
 * file is chosen again. The answer is the server's own word that the file is stored; null when it came without one.
 */
export async function sendFile(
  batchId: string,
  key: string,
  file: File,
  onSent: (share: number) => void,
): Promise<Outcome> {
  const fingerprint = await fingerprintFile(batchId, file)
  const from = stopped.get(key) ?? (await findCutOff(fingerprint))
  const outcome = await sendFrom(from, { batchId, key, file, fingerprint, onSent })
  // All had arrived but its answer was lost: sent anew under the same key, it is answered as it was the first time.
  const isMute = from !== null && 'stored' in outcome && outcome.stored === null
  return isMute ? await sendFrom(null, { batchId, key, file, fingerprint, onSent }) : outcome
}

type Sending = { batchId: string; key: string; file: File; fingerprint: string; onSent: (share: number) => void }

async function sendFrom(from: string | null, sending: Sending): Promise<Outcome> {
  const { batchId, key, file, fingerprint, onSent } = sending
  stopped.delete(key)
  return await new Promise<Outcome>((resolve) => {
    const upload = new Upload(file, {
      endpoint: '/api/intake/uploads',
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
      onProgress: (sent, total) => onSent(total === 0 ? 1 : sent / total),
      onSuccess: ({ lastResponse }) => {
        forgetUploads(fingerprint)
        resolve({ stored: readStored(lastResponse) })
      },
      onError: (error) => {
        const refusal = explain(error)
        if (refusal.code !== 'session.none' && !refusal.mayPass) forgetUploads(fingerprint)
        else if (upload.url !== null) stopped.set(key, upload.url)
        resolve({ refusal })
      },
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

/** No answer at all, a conflict with an attempt still open, too many at once, or a service that is away. */
function isPassing(status: number): boolean {
  return status === 0 || status === 409 || status === 423 || status === 429 || status >= 500
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
