import type { Language } from '@tasain/vocabulary'

export type DemoRole = 'clerk' | 'handler' | 'manager' | 'auditor' | 'admin'

export type DemoPerson = {
  subject: string
  name: string
  roles: readonly DemoRole[]
  officeId?: string
  districtId?: string
  language: Language
}

/**
 * People the development identity provider knows. The handlers among them are handlers of the demo nation, under the same
 * subject; all are made up.
 */
export const people: readonly DemoPerson[] = [
  {
    subject: 'clerk-lahti',
    name: 'Veera Lampinen',
    roles: ['clerk'],
    officeId: 'pha-1',
    districtId: 'pha',
    language: 'fi',
  },
  {
    subject: 'clerk-lahti-2',
    name: 'Markku Peltola',
    roles: ['clerk'],
    officeId: 'pha-1',
    districtId: 'pha',
    language: 'fi',
  },
  {
    subject: 'clerk-vaasa',
    name: 'Ingrid Sandbacka',
    roles: ['clerk'],
    officeId: 'poh-1',
    districtId: 'poh',
    language: 'sv',
  },
  {
    subject: 'handler-lahti',
    name: 'Oskari Niemelä',
    roles: ['handler'],
    officeId: 'pha-1',
    districtId: 'pha',
    language: 'fi',
  },
  {
    subject: 'handler-kuopio',
    name: 'Helmi Räsänen',
    roles: ['handler'],
    officeId: 'psa-1',
    districtId: 'psa',
    language: 'fi',
  },
  {
    subject: 'handler-malmi',
    name: 'Eetu Salonen',
    roles: ['handler'],
    officeId: 'hel-3',
    districtId: 'hel',
    language: 'fi',
  },
  {
    subject: 'handler-vaasa',
    name: 'Linnea Östergård',
    roles: ['handler'],
    officeId: 'poh-1',
    districtId: 'poh',
    language: 'sv',
  },
  { subject: 'manager-lahti', name: 'Tuula Heikkinen', roles: ['manager'], districtId: 'pha', language: 'fi' },
  { subject: 'manager-helsinki', name: 'Johan Lindholm', roles: ['manager'], districtId: 'hel', language: 'fi' },
  { subject: 'auditor', name: 'Sirkka Aaltonen', roles: ['auditor'], language: 'fi' },
  { subject: 'admin', name: 'Mikael Forsman', roles: ['admin'], language: 'fi' },
]
