import { readFileSync } from 'node:fs'
import type { Benefit, Language } from '@tasain/vocabulary'

export type Region = { id: string; nameFi: string; nameSv: string }
export type District = Region & { regionId: string }

export type Office = {
  id: string
  districtId: string
  nameFi: string
  nameSv: string
  lat: number
  lon: number
  /** Share of applications in Swedish, 0 to 1. */
  svShare: number
  /** Small whole number, 1 to 65, in the order of the list. */
  number: number
  /** Applications the whole office would get in a year, before the nation's scale. */
  arrivalsPerYear: Readonly<Record<Benefit, number>>
}

/** Postal codes that begin with `prefix` belong to the office, unless a longer prefix says otherwise. */
export type PostalArea = { prefix: string; officeId: string }

export type Handler = {
  id: string
  /** Who signs in: the subject at the identity provider. */
  subject: string
  name: string
  officeId: string
  benefits: Benefit[]
  languages: Language[]
  /** May work on applications of people under non-disclosure for safety. */
  cleared: boolean
  /** Minutes for deciding on a working day. */
  minutesPerDay: number
}

export type DemoBenefit = {
  code: Benefit
  /** Mean minutes of work on one application. */
  minutes: number
  /** Share of arrivals by weekday, Monday first. */
  weekdays: number[]
}

export type Nation = {
  version: 1
  attribution: string
  seed: number
  /** Coefficient of variation of the minutes. */
  handlingCv: number
  restrictedShare: number
  absence: { sick: number; leaveByMonth: number[] }
  regions: Region[]
  districts: District[]
  offices: Office[]
  benefits: DemoBenefit[]
  postalAreas: PostalArea[]
  handlers: Handler[]
  /** Offices whose queue is drawn at more than thrice the nation's. */
  congestedOfficeIds: string[]
}

const shipped = new URL('./nation.json', import.meta.url)

/** Reads a demo nation, by default the one that ships. @throws Error when the file is none. */
export function readNation(path: string | URL = shipped): Nation {
  const nation: Nation = JSON.parse(readFileSync(path, 'utf8'))
  if (nation.version !== 1 || !Array.isArray(nation.offices)) throw new Error('The file holds no demo nation.')
  return nation
}

/** The office serving a postal code by the longest prefix; undefined when the text is no postal code of five digits. */
export function findServingOffice(areas: readonly PostalArea[], postalCode: string): string | undefined {
  if (!/^\d{5}$/.test(postalCode)) return undefined
  let best: PostalArea | undefined
  for (const area of areas)
    if (postalCode.startsWith(area.prefix) && area.prefix.length > (best?.prefix.length ?? -1)) best = area
  return best?.officeId
}
