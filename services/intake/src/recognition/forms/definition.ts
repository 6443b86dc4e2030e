import type { FormDefinition, FormField, WrittenType } from '@tasain/contracts'

export {
  type FormDefinition,
  type FormField,
  formDefinition,
  type WrittenType as FieldType,
  writtenTypes as fieldTypes,
} from '@tasain/contracts'

/** A form that carries a code. */
export type CodedForm = FormDefinition & { readonly barcode: NonNullable<FormDefinition['barcode']> }

export type WrittenField = FormField & { readonly type: WrittenType }
export type TickField = FormField & { readonly type: 'tick' }

/** Whether something is written in the field, and not only a box ticked. */
export function isWritten(field: FormField): field is WrittenField {
  return field.type !== 'tick'
}

export function isTick(field: FormField): field is TickField {
  return field.type === 'tick'
}
