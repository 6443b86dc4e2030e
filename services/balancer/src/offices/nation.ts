import type { Channel } from '@tasain/contracts'
import type { Benefit, IsoDate, Language } from '@tasain/vocabulary'

type NamedPlace = { id: string; nameFi: string; nameSv: string }

/** Places, people and mean efforts of a nation, as the balancer needs them; more fields may stand beside. */
export type Nation = {
  regions: readonly NamedPlace[]
  districts: readonly (NamedPlace & { regionId: string })[]
  /** `number`: a small whole number, its own for each office and never changed. */
  offices: readonly (NamedPlace & { districtId: string; lat: number; lon: number; number: number })[]
  /** Mean minutes of work on one application. */
  benefits: readonly { code: Benefit; minutes: number }[]
  handlers: readonly NationHandler[]
}

export type NationHandler = {
  id: string
  /** Who signs in: the subject at the identity provider. */
  subject: string
  name: string
  officeId: string
  benefits: readonly Benefit[]
  languages: readonly Language[]
  cleared: boolean
  minutesPerDay: number
}

/** A handler is away on all days from `from` to `to`, both included. */
export type NationAbsence = { handlerId: string; from: IsoDate; to: IsoDate }

/** Work that is already open when a system is taken into use, and so does not come through intake's log. */
export type OpenWork = {
  /** Drawn when absent. */
  applicationId?: string
  benefit: Benefit
  language: Language
  /** The home office. */
  officeId: string
  arrivedOn: IsoDate
  minutes: number
  restricted: boolean
  channel?: Channel
}
