import type { FormDefinition } from '@tasain/contracts'

/** The forms known at one moment. */
export type Shelf = { readonly revision: number; readonly forms: readonly FormDefinition[] }
export type FormShelf = { readonly get: () => Promise<Shelf> }

/** The forms that ship with the product. */
export function createFormShelf(shipped: readonly FormDefinition[]): FormShelf {
  return { get: () => Promise.resolve({ revision: 0, forms: shipped }) }
}
