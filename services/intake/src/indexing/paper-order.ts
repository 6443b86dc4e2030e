import { type CheckedField, type FormPlace, indexFields, sortByPlace } from '@tasain/contracts'

type Placed = Pick<CheckedField, 'name' | 'pageId' | 'box'>

/**
 * Fields in the order of the paper: by their places on the form where it is known, else by where they were read, page by
 * page. What stands nowhere, as the day of arrival, comes first.
 * @param findPlace where the form has a field; undefined where no known form says
 * @param pages the ids of the pages in their order
 */
export function sortAsOnPaper<T extends Placed>(
  fields: readonly T[],
  findPlace: (name: string) => FormPlace | undefined,
  pages: readonly string[],
): T[] {
  const usual = (name: string) => (indexFields as readonly string[]).indexOf(name)
  const isOnForm = ({ name }: Placed) => findPlace(name) !== undefined
  const isRead = (field: Placed) => !isOnForm(field) && field.box !== null
  const nowhere = fields.filter((field) => !isOnForm(field) && !isRead(field))
  const ofForm = sortByPlace(fields.filter(isOnForm), ({ name }) => findPlace(name) ?? [0, 0, 0, 0])
  const read = [...pages, null].flatMap((page) => {
    const here = fields.filter((field) => isRead(field) && (pages.find((id) => id === field.pageId) ?? null) === page)
    return sortByPlace(here, ({ box }) => box ?? [0, 0, 0, 0])
  })
  const known = nowhere.filter(({ name }) => usual(name) >= 0).sort((a, b) => usual(a.name) - usual(b.name))
  return [...known, ...nowhere.filter(({ name }) => usual(name) < 0), ...ofForm, ...read]
}
