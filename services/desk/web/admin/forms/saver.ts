import type { FormDetail, FormDraft, FormSaved } from '@tasain/contracts'
import { postJson } from '../../shell/server/client.ts'
import { toRefusal } from '../../shell/server/refusal.ts'

export type SaveState = 'saved' | 'saving' | 'failed'
export type Saver = {
  /** Saves this soon; of several the last. */
  want: (draft: FormDraft) => void
  /** Saves what is not saved yet, now. Gives the edition that then holds. @throws ServerRefusal */
  flush: () => Promise<number>
  /** Saves what waits to be saved, at once: the page is left. */
  leave: () => void
}

const pauseMs = 500
const keyOf = (id: string) => `tasain.form-draft.${id}`

/**
 * Saves a draft while it is worked on, one request after another. Until the server has a change it is kept in the browser
 * too, so that a page closed in between loses nothing; a blank form holds nobody's data.
 */
export function createSaver(
  { id, edition, draft }: FormDetail,
  tell: (state: SaveState, error?: unknown) => void,
): Saver {
  let [known, kept, wanted] = [edition, draft, draft]
  let attempt: { draft: FormDraft; key: string } | undefined
  let running: Promise<number> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const run = async (): Promise<number> => {
    while (attempt !== undefined || wanted !== kept) {
      // What did not get through goes first, under the same key: it may have arrived, and the edition with it.
      attempt ??= { draft: wanted, key: crypto.randomUUID() }
      const { key, draft: sent } = attempt
      tell('saving')
      try {
        const saved = await postJson<FormSaved>(`/intake/forms/${id}/draft`, { edition: known, draft: sent }, { key })
        known = saved.edition
        kept = sent
        attempt = undefined
      } catch (error) {
        if (!toRefusal(error).mayPass) attempt = undefined
        tell('failed', error)
        throw error
      }
    }
    localStorage.removeItem(keyOf(id))
    tell('saved')
    return known
  }
  const flush = (): Promise<number> => {
    clearTimeout(timer)
    running ??= run().finally(() => {
      running = undefined
    })
    return running
  }
  return {
    want(next) {
      if (next === wanted) return
      wanted = next
      tell('saving')
      localStorage.setItem(keyOf(id), JSON.stringify({ edition: known, draft: next }))
      clearTimeout(timer)
      // What went wrong has been told; the next change tries again.
      timer = setTimeout(() => void flush().catch(() => undefined), pauseMs)
    },
    flush,
    leave() {
      if (wanted !== kept) void flush().catch(() => undefined)
    },
  }
}

/** A change to this edition that did not reach the server before the page was closed. */
export function findUnsaved({ id, edition, draft }: FormDetail): FormDraft | undefined {
  const text = localStorage.getItem(keyOf(id))
  if (text === null) return undefined
  const left: { edition: number; draft: FormDraft } = JSON.parse(text)
  const isOfThis = left.edition === edition && JSON.stringify(left.draft) !== JSON.stringify(draft)
  if (!isOfThis) forgetUnsaved(id)
  return isOfThis ? left.draft : undefined
}

export function forgetUnsaved(id: string): void {
  localStorage.removeItem(keyOf(id))
}
