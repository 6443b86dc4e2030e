import {
  type ApplicationList,
  type Caller,
  type CheckedField,
  type CorrectFields,
  correctFields,
  type IntakeAction,
  indexFields,
  isCommonField,
  isRefusalCode,
} from '@tasain/contracts'
import { type Door, type Asked as Request, refuse, wasSeenLately } from '@tasain/kit'
import { helsinkiDate, type IsoDate } from '@tasain/vocabulary'
import * as z from 'zod'
import { getId, getOffice } from '../asked.ts'
import { assertMayLook, describeLooker } from '../grant.ts'
import type { House } from '../house.ts'
import { checkCorrection, checkTick, readDate } from '../indexing/correct.ts'
import { appendCorrections, listFields, replaceFields } from '../indexing/fields.store.ts'
import type { IndexField } from '../indexing/fields.ts'
import { keepValue } from '../recognition/kept-reading.store.ts'
import { sayArrival } from '../scanning/arrival.ts'
import type { IntakeTx, Schema } from '../schema.ts'
import { listHandedOverOf } from '../tasks/standing.store.ts'
import { assertOpen } from '../tasks/tasks.work.ts'
import { lockApplication } from './application.store.ts'
import { findApplication, listApplications } from './checking.store.ts'
import { mountLifts } from './lift.api.ts'
import { settleApplication } from './settle.work.ts'

const list = z.object({
  state: z.enum(['to_check', 'all']).default('to_check'),
  batch: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
  offset: z.coerce.number().int().min(0).default(0),
})

type Needs = Pick<House, 'db' | 'clock' | 'cipher' | 'forms' | 'indexIdentity' | 'trusted' | 'tasks'>

/** The checking page: applications that wait for a person, their fields, and corrections. */
export function mountApplications(door: Door<Schema, IntakeAction>, house: Needs): void {
  const find = async (tx: IntakeTx, id: string, { subject }: Caller) => {
    const { forms, withdrawn } = await house.forms.get(tx)
    return await findApplication(tx, id, { cipher: house.cipher, forms: [...forms, ...withdrawn], subject })
  }

  mountLifts(door, { ...house, find })

  // Names of files may be names of people. The page refreshes, so that once a minute is enough.
  door.view('/applications', 'application.list', { query: list }, async ({ caller, query }, tx) => {
    const office = getOffice(caller)
    const body: ApplicationList = await listApplications(tx, {
      office,
      state: query.state,
      batch: query.batch,
      limit: query.limit,
      offset: query.offset,
    })
    const id = query.batch ?? office
    const seen = (await wasSeenLately(tx, caller, 'application.list', id))
      ? []
      : [{ kind: query.batch === undefined ? 'office' : 'batch', id }]
    return { body, seen }
  })

  const prepare = (asked: Request) => describeLooker('application.view', asked, house)
  door.view('/applications/:id', 'application.view', { prepare }, async (asked, tx) => {
    const id = getId(asked.params)
    const found = await find(tx, id, asked.caller)
    if (!found) throw refuse('request.not_found')
    assertMayLook(asked.prepared, found.paper)
    return { body: found.detail, seen: [{ kind: 'application', id, applicationId: id }] }
  })

  door.write(
    'post',
    '/applications/:id/corrections',
    'application.correct',
    { body: correctFields, prepare: (asked) => prepareCorrection(house, asked) },
    async (asked, tx) => {
      const id = getId(asked.params)
      await lockApplication(tx, id)
      const { looker, isCurrent } = asked.prepared
      const found = await find(tx, id, asked.caller)
      if (!found) throw refuse('request.not_found')
      assertMayLook(looker, found.paper)
      if (!concernsOnlyThePerson(asked.body)) await assertOpen(tx, id, isCurrent)
      if (found.detail.application.version !== asked.body.version) throw refuse('application.changed')
      if (asked.body.restricted === false && found.detail.application.restricted)
        throw refuse('application.lift_needs_two')
      assertKnown(Object.keys(asked.body.fields), found.detail.fields)
      const ticks = found.detail.fields.filter(({ type }) => type === 'tick').map(({ name }) => name)
      await correctApplication(house, tx, asked.caller, id, { ...asked.body, ticks })
      const corrected = await find(tx, id, asked.caller)
      // The answer is kept with its idempotency key, so no field stands in it: one of them is the identity code.
      return { body: corrected?.detail.application, seen: [{ kind: 'application', id, applicationId: id }] }
    },
  )
}

/** @throws request.invalid for a name that no field here has: names are kept as they are, and might say anything. */
function assertKnown(names: readonly string[], fields: readonly CheckedField[]): void {
  const known = new Set<string>([...indexFields, ...fields.map(({ name }) => name)])
  if (!names.every((name) => known.has(name) || isCommonField(name)))
    throw refuse('request.invalid', [{ path: 'fields', message: 'a field that the application does not have' }])
}

/** Non-disclosure protects a person whatever was decided, so it never waits for the balancer either. */
function concernsOnlyThePerson({ fields, restricted }: CorrectFields): boolean {
  return restricted !== undefined && Object.keys(fields).length === 0
}

/** Who corrects, and whether it is known how the case stands at this moment; asked only where there may be a case. */
async function prepareCorrection(
  house: Needs,
  asked: Pick<Request, 'caller' | 'params' | 'header'> & { body: CorrectFields },
) {
  const looker = await describeLooker('application.correct', asked, house)
  const isCase =
    !concernsOnlyThePerson(asked.body) && (await listHandedOverOf(house.db, [getId(asked.params)])).length > 0
  return { looker, isCurrent: isCase && (await house.tasks.catchUp()) }
}

type Correction = z.output<typeof correctFields> & { ticks: readonly string[] }

async function correctApplication(house: Needs, tx: IntakeTx, caller: Caller, id: string, asked: Correction) {
  const values = checkAll(asked, helsinkiDate(house.clock.now()))
  const before = await listFields(tx, id)
  const changes = values.map(([name, value]) => {
    const earlier = before.find((field) => field.name === name)
    return { before: earlier, after: settleField(house, earlier, name, value) }
  })
  await appendCorrections(tx, { applicationId: id, version: asked.version + 1, subject: caller.subject }, changes)
  const corrected = new Map([...before, ...changes.map(({ after }) => after)].map((field) => [field.name, field]))
  await replaceFields(tx, id, [...corrected.values()])
  await settleApplication(tx, id, { restricted: asked.restricted })
}

/** @throws the refusal of the first field at fault, with all of them named; then nothing is kept. */
function checkAll({ fields, ticks, confirmOld }: Correction, today: IsoDate): [string, string][] {
  const faults: { path: string; message: string }[] = []
  const values = Object.entries(fields).flatMap(([name, written]): [string, string][] => {
    const checked = ticks.includes(name) ? checkTick(written) : checkCorrection(name, written, { today, confirmOld })
    if (checked.ok) return [[name, checked.value]]
    faults.push({ path: `fields.${name}`, message: checked.code })
    return []
  })
  const first = faults[0]?.message
  if (first === undefined) return values
  const arrivedOn = readDate(fields['arrivedOn']?.trim() ?? '')
  const because = arrivedOn !== undefined && first.startsWith('application.arrived') ? sayArrival(arrivedOn) : undefined
  throw refuse(isRefusalCode(first) ? first : 'request.invalid', faults, because)
}

/** The field as the clerk settled it; where it stands on the page stays known. */
function settleField(house: Needs, earlier: IndexField | undefined, name: string, value: string): IndexField {
  return {
    name,
    ...keepValue(house, name, value),
    confidence: 1,
    status: 'sure',
    pageId: earlier?.pageId ?? null,
    box: earlier?.box ?? null,
    source: 'clerk',
  }
}
