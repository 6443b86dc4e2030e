import type { CheckedField, FieldStatus } from '@tasain/contracts'
import type { KeptField, KeptForm } from '../schema.ts'

/** What an application must have to be worked on, and what identifies who applies and from where. */
export const requiredFields = ['benefit', 'language', 'arrivedOn', 'hetu', 'name', 'postal'] as const

/** A field as it is kept: its value is text or encrypted, never both. */
export type IndexField = KeptField & { name: string; pageId: string | null; source: CheckedField['source'] }

export type PageFinding = { pageId: string; form: KeptForm | null; fields: Readonly<Record<string, KeptField>> }
export type Cover = { benefit: string | null; language: string | null; arrivedOn: string }

const sureForm = 0.9
const order: Record<FieldStatus, number> = { sure: 3, doubtful: 2, invalid: 1, missing: 0 }

/**
 * The fields of an application from all that is known of it. A clerk's word holds over everything; a sure reading holds
 * over the batch cover, the cover over a doubtful reading. The order in which the pages were read does not matter.
 * @param pages in the order of the paper.
 */
export function mergeFields(pages: readonly PageFinding[], cover: Cover, settled: readonly IndexField[]): IndexField[] {
  const merged = new Map<string, IndexField>()
  const propose = (field: IndexField) => {
    const earlier = merged.get(field.name)
    merged.set(field.name, earlier ? chooseField(earlier, field) : field)
  }
  for (const field of listCover(cover)) propose(field)
  for (const page of pages) {
    for (const field of listForm(page)) propose(field)
    for (const [name, field] of Object.entries(page.fields))
      propose({ ...field, name, pageId: page.pageId, source: 'reading' })
  }
  const hetu = merged.get('hetu')
  if (hetu && isContradicted(pages)) merged.set('hetu', { ...hetu, status: 'doubtful' })
  for (const field of settled) merged.set(field.name, field)
  return [...merged.values()]
}

/** How many of the required fields a person must still look at. */
export function countDoubtful(fields: readonly Pick<IndexField, 'name' | 'status'>[]): number {
  const sure = new Set(fields.filter(({ status }) => status === 'sure').map(({ name }) => name))
  return requiredFields.filter((name) => !sure.has(name)).length
}

export function isRequired(name: string): boolean {
  return requiredFields.some((required) => required === name)
}

function chooseField(one: IndexField, other: IndexField): IndexField {
  return rank(other) > rank(one) ? other : one
}

/** Pages that are sure of different people: neither may be believed unseen. */
function isContradicted(pages: readonly PageFinding[]): boolean {
  const people = pages.flatMap(({ fields }) =>
    fields['hetu']?.status === 'sure' ? [fields['hetu'].identity_index] : [],
  )
  return new Set(people).size > 1
}

function rank(field: IndexField): number {
  const trust = field.source === 'cover' ? order.sure - 0.5 : order[field.status]
  return trust * 4 + field.confidence
}

function listCover({ benefit, language, arrivedOn }: Cover): IndexField[] {
  const known = { benefit, language, arrivedOn }
  return Object.entries(known).flatMap(([name, value]) =>
    value === null ? [] : [{ ...plainField(name, value, 1, 'sure'), pageId: null, source: 'cover' as const }],
  )
}

function listForm({ pageId, form }: PageFinding): IndexField[] {
  if (!form) return []
  const status = form.confidence >= sureForm ? 'sure' : 'doubtful'
  const { benefit, language, confidence } = form
  return Object.entries({ benefit, language }).flatMap(([name, value]) =>
    value === null ? [] : [{ ...plainField(name, value, confidence, status), pageId, source: 'reading' as const }],
  )
}

function plainField(name: string, value: string, confidence: number, status: FieldStatus) {
  return { name, value, cipher: null, identity_index: null, confidence, status, box: null }
}
