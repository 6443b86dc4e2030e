import type { Snapshot } from '@tasain/contracts'
import { addDays, benefits, newId } from '@tasain/vocabulary'
import type { Nation, NationHandler, OpenWork } from '../src/offices/nation.ts'

/** Three districts in two regions; each office has handlers for everything, fi and sv, unless a test says otherwise. */
export function makeNation(handlersPerOffice = 2): Nation {
  const offices = ['north-1', 'north-2', 'east-1', 'south-1'] as const
  return {
    regions: [named('upper'), named('lower')],
    districts: [
      { ...named('north'), regionId: 'upper' },
      { ...named('east'), regionId: 'upper' },
      { ...named('south'), regionId: 'lower' },
    ],
    offices: offices.map((id, index) => ({
      ...named(id),
      districtId: id.split('-')[0] ?? id,
      number: index + 1,
      lat: 61 + index / 2,
      lon: 25 + index / 2,
    })),
    benefits: benefits.map((code) => ({ code, minutes: 30 })),
    handlers: offices.flatMap((officeId) =>
      Array.from({ length: handlersPerOffice }, (_, index) =>
        makeHandler(officeId, `${officeId}-handler-${index + 1}`),
      ),
    ),
  }
}

export function makeHandler(officeId: string, subject: string, change: Partial<NationHandler> = {}): NationHandler {
  return {
    id: newId(),
    subject,
    name: `Name of ${subject}`,
    officeId,
    benefits: [...benefits],
    languages: ['fi', 'sv'],
    cleared: false,
    minutesPerDay: 200,
    ...change,
  }
}

/** Half hours of work, far more than an office can do in time; the earliest due first, twenty a day. */
export function makeWork(officeId: string, count: number, change: Partial<OpenWork> = {}): OpenWork[] {
  return Array.from({ length: count }, (_, index) => ({
    benefit: 'YA',
    language: 'fi',
    officeId,
    arrivedOn: addDays('2026-10-20', Math.floor(index / 20)),
    minutes: 30,
    restricted: false,
    ...change,
  }))
}

export function makeSnapshot(change: Partial<Snapshot> = {}): Snapshot {
  return {
    applicationId: newId(),
    version: 1,
    channel: 'office_paper',
    benefit: 'YA',
    language: 'fi',
    arrivedOn: '2026-11-20',
    scanningOffice: 'north-1',
    homeOffice: 'north-1',
    identified: true,
    applicantIndex: null,
    restricted: false,
    pageIds: [newId()],
    withdrawn: false,
    ...change,
  }
}

function named(id: string) {
  return { id, nameFi: `${id} fi`, nameSv: `${id} sv` }
}
