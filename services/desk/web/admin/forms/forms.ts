import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { FormDetail, FormList, FormMade, FormSaved, FormTrial } from '@tasain/contracts'
import { getBlob, getJson, postFile, postJson } from '../../shell/server/client.ts'
import { polling } from '../../shell/server/queries.ts'
import { ServerRefusal } from '../../shell/server/refusal.ts'
import { useSending } from '../../shell/server/sending.ts'

export function useForms() {
  return useQuery({
    queryKey: ['forms'],
    queryFn: ({ signal }) => getJson<FormList>('/intake/forms', { signal }),
    refetchInterval: polling.calm,
  })
}

/** One form; not asked for again while somebody works on it: the edition catches a collision. */
export function useForm(id: string) {
  return useQuery({
    queryKey: ['form', id],
    queryFn: ({ signal }) => getJson<FormDetail>(`/intake/forms/${id}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    gcTime: 0,
  })
}

/** The picture of the blank. */
export function useBlank(id: string) {
  return useQuery({
    queryKey: ['form-image', id],
    queryFn: ({ signal }) => getBlob(`/intake/forms/${id}/image`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
}

/** Makes a draft of a blank form's file. Takes some ten seconds. */
export function useMakeForm() {
  const queries = useQueryClient()
  return useSending(
    ({ file, page }: { file: File; page: number }, key, signal) =>
      postFile<FormMade>(`/intake/forms?page=${page}`, file, { key, signal }),
    () => void queries.invalidateQueries({ queryKey: ['forms'] }),
  )
}

/** What a draft would read from a filled copy. @throws ServerRefusal */
export async function tryForm(id: string, file: File): Promise<FormTrial> {
  return await postFile<FormTrial>(`/intake/forms/${id}/trials`, file)
}

/** Whether a change did not get through since somebody else has changed the form, or published or withdrawn it. */
export function isOvertaken(error: unknown): boolean {
  const overtaking: readonly string[] = ['form.changed', 'form.not_draft', 'form.not_published']
  return error instanceof ServerRefusal && overtaking.includes(error.code)
}

/**
 * Throws drafts away, each as it stands now, one after another, until it is told to stop. @throws ServerRefusal at the first
 * that cannot be
 */
export function useDiscardForms() {
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: ['forms'] })
  return useSending(async (ids: readonly string[], key, signal) => {
    try {
      for (const [place, id] of ids.entries()) {
        const { edition } = await getJson<FormDetail>(`/intake/forms/${id}`)
        if (place === 0) signal.throwIfAborted()
        // What has been thrown away by then is done.
        if (signal.aborted) return
        await postJson(`/intake/forms/${id}/discard`, { edition }, { key: `${key}:${id}` })
      }
    } finally {
      await refresh()
    }
  })
}

export type FormChange = 'publish' | 'withdraw' | 'discard' | 'revise'

/** Publishes, withdraws, throws away or copies a form as it stood at the edition given. */
export function useChangeForm<T = FormSaved>(id: string, change: FormChange) {
  const queries = useQueryClient()
  return useSending(
    (edition: number, key, signal) => postJson<T>(`/intake/forms/${id}/${change}`, { edition }, { key, signal }),
    () => queries.invalidateQueries({ queryKey: ['forms'] }),
  )
}
