import {
  type FormDetail,
  type FormDraft,
  type FormFault,
  type FormList,
  formChange,
  formDefinition,
  type IntakeAction,
  listFormFaults,
  saveFormDraft,
  toDefinition,
} from '@tasain/contracts'
import { type Door, type Refusal, refuse } from '@tasain/kit'
import { getId } from '../../asked.ts'
import type { House } from '../../house.ts'
import type { Schema } from '../../schema.ts'
import { turnShelf } from '../forms/shelf.store.ts'
import {
  copyForm,
  deleteForm,
  getBlankImage,
  getForm,
  listFormRows,
  listKnownForms,
  lockForm,
  publishForm,
  saveDraft,
  summariseForms,
  withdrawForm,
} from './form.store.ts'

/** Forms as people make them at the desk: listed, changed, published, withdrawn. */
export function mountForms(
  door: Door<Schema, IntakeAction>,
  { db, forms, accessLog }: Pick<House, 'db' | 'forms' | 'accessLog'>,
): void {
  door.list('/forms', 'form.list', {}, async (_asked, read): Promise<FormList> => {
    return { forms: summariseForms(await forms.get(), await listFormRows(read)) }
  })

  // Looks at a blank are logged: somebody may have sent a copy that is filled in.
  door.view('/forms/:id', 'form.list', {}, async ({ params }, tx) => {
    const id = getId(params)
    const body: FormDetail = await getForm(tx, id, await forms.get(tx))
    return { body, seen: [{ kind: 'form', id }] }
  })

  door.raw(['get'], '/forms/:id/image', 'form.list', async ({ params, caller }, _request, response) => {
    const id = getId(params)
    const image = await db.transaction().execute(async (tx) => {
      await accessLog.append(tx, caller, 'form.list', [{ kind: 'form_blank', id }])
      return await getBlankImage(tx, id)
    })
    response.type('image/webp').send(image)
  })

  door.write(
    'post',
    '/forms/:id/draft',
    'form.write',
    { body: saveFormDraft },
    async ({ params, caller, body }, tx) => {
      const id = getId(params)
      const { state } = await lockForm(tx, id, body.edition)
      if (state !== 'draft') throw refuse('form.not_draft')
      return { body: await saveDraft(tx, id, caller.subject, body.draft), seen: [{ kind: 'form', id }] }
    },
  )

  door.write(
    'post',
    '/forms/:id/publish',
    'form.publish',
    { body: formChange },
    async ({ params, caller, body }, tx) => {
      const id = getId(params)
      // First, so that of two published at a time the second is checked against the first.
      await turnShelf(tx)
      const { state, draft } = await lockForm(tx, id, body.edition)
      if (state !== 'draft') throw refuse('form.not_draft')
      // Not by this transaction, which has the next revision before its forms.
      const faults = listFormFaults(draft, listKnownForms(await forms.get()))
      if (faults.length > 0) throw describeFaults(draft, faults)
      const definition = formDefinition.parse(toDefinition(draft))
      return { body: await publishForm(tx, id, caller.subject, definition), seen: [{ kind: 'form', id }] }
    },
  )

  door.write(
    'post',
    '/forms/:id/withdraw',
    'form.publish',
    { body: formChange },
    async ({ params, caller, body }, tx) => {
      const id = getId(params)
      await turnShelf(tx)
      const { state } = await lockForm(tx, id, body.edition)
      if (state !== 'published') throw refuse('form.not_published')
      return { body: await withdrawForm(tx, id, caller.subject), seen: [{ kind: 'form', id }] }
    },
  )

  door.write('post', '/forms/:id/discard', 'form.write', { body: formChange }, async ({ params, body }, tx) => {
    const id = getId(params)
    const { state } = await lockForm(tx, id, body.edition)
    if (state !== 'draft') throw refuse('form.not_draft')
    await deleteForm(tx, id)
    return { body: {}, seen: [{ kind: 'form', id }] }
  })

  door.write('post', '/forms/:id/revise', 'form.write', { body: formChange }, async ({ params, caller, body }, tx) => {
    const id = getId(params)
    const { state, draft } = await lockForm(tx, id, body.edition)
    if (state === 'draft') throw refuse('form.not_published')
    const copy = await copyForm(tx, id, draft, caller.subject)
    return { status: 201, body: { id: copy }, seen: [{ kind: 'form', id }] }
  })
}

/** Names each part at fault, its message being the code of the fault. */
function describeFaults(draft: FormDraft, faults: readonly FormFault[]): Refusal {
  const place = (key: string | undefined) => draft.fields.findIndex((field) => field.key === key)
  const named = faults.map(({ code, key }) => ({
    path: key === undefined ? 'draft' : `draft.fields.${place(key)}`,
    message: code,
  }))
  return refuse('form.contradicts', named)
}
