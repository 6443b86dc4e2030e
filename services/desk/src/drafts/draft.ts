import { type DraftKind, draftKinds, largestDraft, newObject, type SaveDraft } from '@tasain/contracts'
import type { IdentityCipher } from '@tasain/kit'
import { isId } from '@tasain/vocabulary'

/** What a draft is about, and whose it is. */
export type DraftPlace = { subject: string; kind: DraftKind; objectId: string }
export type DraftBody = SaveDraft['body']
/** Which window wrote a draft (`writer`, a UUID), and its how-manieth writing that was. */
export type Version = { writer: string; sequence: number }

export function findDraftKind(text: string): DraftKind | undefined {
  return draftKinds.find((kind) => kind === text)
}

/** Whether drafts may be about this: a UUID or `new`, so that nothing typed ever stands in an address or a key. */
export function isObjectId(text: string): boolean {
  return text === newObject || isId(text)
}

export function isTooLarge(body: DraftBody): boolean {
  return Buffer.byteLength(JSON.stringify(body)) > largestDraft
}

/** `version`: of the wire's shape, `<uuid>.<number>`. */
export function readVersion(version: string): Version {
  const [writer = '', sequence = ''] = version.split('.')
  return { writer, sequence: Number(sequence) }
}

export function writeVersion({ writer, sequence }: Version): string {
  return `${writer}.${sequence}`
}

/** The body as it is stored. Whose it is and what it is about is sealed in: a row put under another name does not open. */
export function sealBody(cipher: IdentityCipher, { subject, kind, objectId }: DraftPlace, body: DraftBody): string {
  return cipher.encryptText(JSON.stringify([subject, kind, objectId, body]))
}

/** What `sealBody` made, or undefined when it was made with another key or for another place. */
export function openBody(cipher: IdentityCipher, place: DraftPlace, sealed: string): DraftBody | undefined {
  try {
    const [subject, kind, objectId, body] = JSON.parse(cipher.decryptText(sealed)) as [...string[], DraftBody]
    const isOfPlace = subject === place.subject && kind === place.kind && objectId === place.objectId
    return isOfPlace ? (body as DraftBody) : undefined
  } catch {
    return undefined
  }
}
