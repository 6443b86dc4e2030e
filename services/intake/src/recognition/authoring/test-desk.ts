import { type Caller, type FormDetail, formDetail, type RefusalBody } from '@tasain/contracts'
import { newId } from '@tasain/vocabulary'
import { clerk, type TestHouse } from '../../test-house.ts'

// What an administrator does at the desk, for tests.

export const admin: Caller = { ...clerk, subject: 'admin-1', roles: ['admin'], office: null, district: null }

export function openTestDesk(getHouse: () => TestHouse) {
  const upload = async (path: string, bytes: Buffer, by = admin, key = newId()) => {
    const body = new FormData()
    body.append('file', new Blob([new Uint8Array(bytes)]), 'form.jpg')
    return await getHouse().ask(path, { method: 'POST', body, by, headers: { 'idempotency-key': key } })
  }
  return {
    upload,
    post: async (path: string, body: object, by = admin) =>
      await getHouse().ask(path, {
        method: 'POST',
        body: JSON.stringify(body),
        by,
        headers: { 'idempotency-key': newId() },
      }),
    getForm: async (id: string): Promise<FormDetail> =>
      formDetail.parse(await (await getHouse().ask(`/forms/${id}`, { by: admin })).json()),
  }
}

/** The code of a refusal, and what it says of each part at fault. */
export async function listFaults(answer: Response): Promise<string[]> {
  const { error } = (await answer.json()) as RefusalBody
  return [error.code, ...(error.fields ?? []).map(({ message }) => message)]
}
