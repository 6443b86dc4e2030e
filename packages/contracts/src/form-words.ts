// What forms are made of, without the parsers: the browser uses these, and its policy forbids what a parser compiles.

/** What may be written in a field. */
export const writtenTypes = [
  'hetu',
  'iban',
  'date',
  'amount',
  'phone',
  'postal',
  'name',
  'line',
  'text',
  'email',
] as const
export type WrittenType = (typeof writtenTypes)[number]
/** What is written there, or `tick`: a box to tick, whose value is `on` or `off`. */
export const formFieldTypes = [...writtenTypes, 'tick'] as const
export type FormFieldType = (typeof formFieldTypes)[number]

export const formStates = ['draft', 'published', 'withdrawn'] as const
export type FormState = (typeof formStates)[number]

/** The names every form may use, and what each must hold where that is fixed. */
export const commonFields = {
  hetu: 'hetu',
  name: undefined,
  address: undefined,
  postal: 'postal',
  phone: 'phone',
  iban: 'iban',
  employer: undefined,
  child: undefined,
  date: 'date',
  date2: 'date',
  amount: 'amount',
  amount2: 'amount',
  free: undefined,
  signdate: 'date',
  sign: undefined,
} as const satisfies Readonly<Record<string, FormFieldType | undefined>>
export type CommonField = keyof typeof commonFields

export function isCommonField(name: string): name is CommonField {
  return Object.hasOwn(commonFields, name)
}

/** A form's code without case and blanks, as codes are compared. */
export function flattenCode(code: string): string {
  return code.replace(/\s+/g, '').toUpperCase()
}
