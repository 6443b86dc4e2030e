import type { PreviousUpload, UrlStorage } from 'tus-js-client'

const prefix = 'tasain.upload.'
/** When this page was loaded: uploads begun earlier and not finished can be taken up again. */
const loadedAt = new Date()

/**
 * Remembers for this tab alone where unfinished uploads stand on the server. Files are known by a hash, not by name: a
 * name may say who the paper is about.
 */
export const resumeStore: UrlStorage = {
  findAllUploads: async () => listUploads(prefix),
  findUploadsByFingerprint: async (fingerprint) => listUploads(`${prefix}${fingerprint}.`),
  removeUpload: async (key) => sessionStorage.removeItem(key),
  addUpload: async (fingerprint, upload) => {
    const key = `${prefix}${fingerprint}.${Date.now()}`
    sessionStorage.setItem(key, JSON.stringify({ ...upload, metadata: {} }))
    return key
  },
}

/** A name for (batch, file) that tells nothing of the file. */
export async function fingerprintFile(batchId: string, file: File): Promise<string> {
  const words = new TextEncoder().encode([file.name, file.size, file.lastModified].join('\n'))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', words))
  return `${batchId}.${Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** How many uploads into this batch were cut off before this page was loaded. */
export function countInterrupted(batchId: string): number {
  return listUploads(`${prefix}${batchId}.`).filter(wasCutOff).length
}

/** Forgets where uploads of a file stand, since it has been answered for good. */
export function forgetUploads(fingerprint: string): void {
  for (const { urlStorageKey } of listUploads(`${prefix}${fingerprint}.`)) sessionStorage.removeItem(urlStorageKey)
}

export function wasCutOff(upload: PreviousUpload): boolean {
  return new Date(upload.creationTime) < loadedAt
}

function listUploads(start: string): PreviousUpload[] {
  return Object.keys(sessionStorage)
    .filter((key) => key.startsWith(start))
    .map((key) => ({ ...(JSON.parse(sessionStorage.getItem(key) ?? '{}') as PreviousUpload), urlStorageKey: key }))
}
