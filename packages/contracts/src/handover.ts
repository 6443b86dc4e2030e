import { benefits, languages } from '@tasain/vocabulary'
import * as z from 'zod'
import { isoDate } from './shapes.ts'

export const channels = ['office_paper', 'post', 'joint_service_point', 'e_service', 'phone'] as const
export type Channel = (typeof channels)[number]

/**
 * Everything the balancer needs of an application, whole at every version. Identified by (applicationId, version): a
 * later version replaces the earlier one, the same version delivered again changes nothing.
 */
export const snapshot = z.object({
  applicationId: z.uuid(),
  version: z.int().min(1),
  channel: z.enum(channels),
  benefit: z.enum(benefits),
  language: z.enum(languages),
  arrivedOn: isoDate,
  scanningOffice: z.string(),
  /** The office that serves the applicant's postal code, else the scanning office. */
  homeOffice: z.string(),
  /** False until reading or a clerk has established who applies; such a task cannot be claimed. */
  identified: z.boolean(),
  /** Keyed hash of the identity code under the key both houses share for look-ups; null when not identified. */
  applicantIndex: z.string().nullable(),
  /** Non-disclosure for safety: only handlers with clearance may see the task or that it exists. */
  restricted: z.boolean(),
  pageIds: z.array(z.uuid()),
  withdrawn: z.boolean(),
})
export type Snapshot = z.infer<typeof snapshot>

/** `GET /handovers?after=<cursor>&limit=<n>&wait=<seconds>`: snapshots in order, and the cursor to ask with next. */
export const handoverPage = z.object({
  cursor: z.int(),
  handovers: z.array(z.object({ position: z.int(), snapshot })),
})
export type HandoverPage = z.infer<typeof handoverPage>

/** The same page as one that may hold snapshots of a kind that the reader does not know: each is to be read by itself. */
export const looseHandoverPage = handoverPage.extend({
  handovers: z.array(z.object({ position: z.int(), snapshot: z.looseObject({}) })),
})
