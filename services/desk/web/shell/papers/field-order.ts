import type { CheckedField, indexFields } from '@tasain/contracts'

// Written out here so that what is required by type stays in the order in which people read a form.
const order: Record<(typeof indexFields)[number], number> = {
  hetu: 1,
  name: 2,
  address: 3,
  postal: 4,
  phone: 5,
  iban: 6,
  benefit: 7,
  language: 8,
  arrivedOn: 9,
}

/** The fields of a form in reading order, those of the index first. */
export function sortFields(fields: readonly CheckedField[]): CheckedField[] {
  const places: Readonly<Record<string, number>> = order
  return fields.toSorted((a, b) => (places[a.name] ?? 99) - (places[b.name] ?? 99))
}
