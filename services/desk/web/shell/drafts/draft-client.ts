import { backgroundHeader, type DraftList, type SavedDraft } from '@tasain/contracts'
import { announceSession, getJson, listWriteHeaders } from '../server/client.ts'
import { isAway } from '../server/presence.ts'
import { describeLostConnection, readRefusal } from '../server/refusal.ts'
import type { DraftPlace } from './draft.ts'

type Sent = { version: string; since: string | null; body: Readonly<Record<string, unknown>> }
/** Whether the page is being left, so that the request has to outlive it. */
type Leaving = { isLeaving: boolean }

const patienceMs = 12_000

/** All drafts of the person about one object. @throws ServerRefusal */
export async function fetchDrafts(objectId: string): Promise<DraftList['drafts']> {
  return (await getJson<DraftList>(`/drafts/${objectId}`, { signal: AbortSignal.timeout(patienceMs) })).drafts
}

/** Stores a draft; its version tells the server what is new, so it may be sent again. @throws ServerRefusal */
export async function storeDraft([kind, id]: DraftPlace, sent: Sent, leaving: Leaving): Promise<SavedDraft> {
  return (await (await post(`/api/drafts/${kind}/${id}`, sent, leaving)).json()) as SavedDraft
}

/** @throws ServerRefusal */
export async function removeDraft([kind, id]: DraftPlace, leaving: Leaving): Promise<void> {
  await post(`/api/drafts/${kind}/${id}/discard`, {}, leaving)
}

async function post(address: string, body: object, { isLeaving }: Leaving): Promise<Response> {
  const response = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...listWriteHeaders(),
      ...(isAway() ? { [backgroundHeader]: '1' } : {}),
    },
    body: JSON.stringify(body),
    // One that outlives the page needs no end; any other must not keep the next one waiting on a line that is silent.
    ...(isLeaving ? { keepalive: true } : { signal: AbortSignal.timeout(patienceMs) }),
  }).catch(() => {
    throw describeLostConnection()
  })
  if (response.ok) return response
  const refusal = readRefusal(response.status, await response.text())
  if (refusal.code === 'session.none') announceSession('lost')
  throw refusal
}
