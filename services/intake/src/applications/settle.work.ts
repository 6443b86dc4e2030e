import type { Snapshot } from '@tasain/contracts'
import { listFields, listFindings, replaceFields } from '../indexing/fields.store.ts'
import { countDoubtful, mergeFields } from '../indexing/fields.ts'
import type { IntakeTx } from '../schema.ts'
import { findStanding } from '../tasks/standing.store.ts'
import {
  findCover,
  findLastSnapshot,
  listApplicationPages,
  lockApplication,
  setRestricted,
  updateApplication,
  withdrawApplication,
} from './application.store.ts'
import { decideState, describeSubject, findNextVersion, isComplete } from './application.ts'
import { insertHandover } from './handover.store.ts'
import { findServingOffice } from './serving-area.store.ts'

/**
 * Brings an application up to date with its pages, cover and corrections, and hands it over when it is complete enough
 * or has changed since. To be called in the transaction that changed any of them; calling it again changes nothing else.
 */
export async function settleApplication(
  tx: IntakeTx,
  id: string,
  change: { restricted?: boolean | undefined } = {},
): Promise<void> {
  const application = await lockApplication(tx, id)
  if (!application) return
  const pages = await listApplicationPages(tx, id)
  const previous = await findLastSnapshot(tx, id)
  if (previous && (await findStanding(tx, id))?.state === 'decided')
    return await restrictDecided(tx, id, previous, change.restricted)
  if (pages.length === 0 || previous?.withdrawn) {
    const restricted = change.restricted ?? application.restricted
    if (restricted !== application.restricted) await setRestricted(tx, id, restricted)
    return await withdraw(tx, id, previous, restricted)
  }
  const findings = await listFindings(tx, id)
  const settled = (await listFields(tx, id)).filter(({ source }) => source === 'clerk')
  const cover = await findCover(tx, application)
  // A task stays what it was handed over as, though the page or cover that said so is gone, until something else is known.
  const benefitKnown = cover.benefit ?? previous?.benefit ?? null
  const languageKnown = cover.language ?? previous?.language ?? null
  const fields = mergeFields(findings, { ...cover, benefit: benefitKnown, language: languageKnown }, settled)
  await replaceFields(tx, id, fields)

  const subject = describeSubject(fields)
  const served = subject.postalCode === null ? undefined : await findServingOffice(tx, subject.postalCode)
  const state = decideState(subject, pages, previous !== undefined)
  const homeOffice = served ?? application.scanning_office
  const restricted = change.restricted ?? application.restricted
  const forms = findings.flatMap(({ form }) => form ?? [])
  const form = forms.reduce<(typeof forms)[number] | null>(
    (best, one) => (best && best.confidence >= one.confidence ? best : one),
    null,
  )
  await updateApplication(tx, id, { subject, state, homeOffice, restricted, doubtful: countDoubtful(fields), form })

  const { benefit, language, arrivedOn } = subject
  if (!isComplete(state) || !benefit || !language || !arrivedOn) return
  const content: Omit<Snapshot, 'version'> = {
    applicationId: id,
    channel: application.channel,
    benefit,
    language,
    arrivedOn,
    scanningOffice: application.scanning_office,
    homeOffice,
    identified: subject.identified,
    applicantIndex: subject.applicantIndex,
    restricted,
    pageIds: pages.map((page) => page.id),
    withdrawn: false,
  }
  const next = findNextVersion(content, previous)
  if (next) await insertHandover(tx, next)
}

/** A decided case stays as it was decided; only who may see it may change. */
async function restrictDecided(tx: IntakeTx, id: string, previous: Snapshot, restricted = previous.restricted) {
  if (restricted === previous.restricted) return
  await setRestricted(tx, id, restricted)
  await insertHandover(tx, { ...previous, version: previous.version + 1, restricted })
}

/**
 * What has been handed over is taken back for good: at the balancer a withdrawn task never opens again. Who may see it may
 * still change.
 */
async function withdraw(tx: IntakeTx, id: string, previous: Snapshot | undefined, restricted: boolean): Promise<void> {
  await withdrawApplication(tx, id)
  if (!previous || (previous.withdrawn && previous.restricted === restricted)) return
  await insertHandover(tx, { ...previous, version: previous.version + 1, restricted, pageIds: [], withdrawn: true })
}
