import { languages } from '@tasain/vocabulary'
import type { FormPlace } from './form.ts'
import type { DraftField, FormDraft } from './form-draft.ts'
import { commonFields, flattenCode, isCommonField } from './form-words.ts'

/** What stands in the way of publishing a form; each has a sentence of its own. */
export const formFaultCodes = [
  'no_code',
  'no_version',
  'no_title',
  'no_language',
  'no_benefit',
  'no_hetu',
  'few_anchors',
  'version_taken',
  'prefix_short',
  'prefix_not_in_code',
  'prefix_taken',
  'prefix_taken_whole',
  'name_missing',
  'name_shape',
  'name_twice',
  'name_reserved',
  'name_of_other_type',
  'hetu_name',
  'words_missing',
  'region_outside',
  'region_small',
  'region_on_other',
  'comb_outside',
] as const
export type FormFaultCode = (typeof formFaultCodes)[number]
/** `key`: the field at fault. `other`: the form or field it clashes with; of `words_missing` the only language they lack. */
export type FormFault = { readonly code: FormFaultCode; readonly key?: string; readonly other?: string }

/** What of a published form others must not clash with. `begins` is null where it carries no code. */
export type KnownForm = { readonly code: string; readonly version: string; readonly begins: string | null }

const reservedNames = ['benefit', 'language', 'arrivedOn']
/** Fewer lines would not hold a form in place on a bad scan. */
const leastAnchors = { across: 4, down: 3 } as const

/** Lists all that stands in the way of publishing the draft beside the forms that are known. */
export function listFormFaults(draft: FormDraft, known: readonly KnownForm[]): FormFault[] {
  return [...listHeadFaults(draft, known), ...draft.fields.flatMap((field) => listFieldFaults(field, draft))]
}

function listHeadFaults(draft: FormDraft, known: readonly KnownForm[]): FormFault[] {
  const faults: FormFault[] = []
  const say = (isWrong: boolean, code: FormFaultCode, other?: string) => {
    if (isWrong) faults.push(other === undefined ? { code } : { code, other })
  }
  const code = flattenCode(draft.code)
  say(code === '', 'no_code')
  say(draft.version.trim() === '', 'no_version')
  say(draft.title.trim() === '', 'no_title')
  say(draft.language === null, 'no_language')
  say(draft.benefit === null, 'no_benefit')
  say(!draft.fields.some(({ name, type }) => name === 'hetu' && type === 'hetu'), 'no_hetu')
  const across = draft.anchors.filter(isAcross).length
  say(across < leastAnchors.across || draft.anchors.length - across < leastAnchors.down, 'few_anchors')
  const twin = known.find((one) => flattenCode(one.code) === code && one.version.trim() === draft.version.trim())
  say(twin !== undefined && code !== '', 'version_taken', twin?.code)
  if (draft.barcode === null) return faults
  const { text, begins } = draft.barcode
  say(begins.length < 4, 'prefix_short')
  say(!text.startsWith(begins), 'prefix_not_in_code')
  const owner = known.find(
    (one) =>
      one.begins !== null &&
      flattenCode(one.code) !== code &&
      (one.begins.startsWith(begins) || begins.startsWith(one.begins)),
  )
  // A beginning that is the whole code cannot be made longer.
  const isWhole = begins === text
  say(owner !== undefined && begins.length >= 4, isWhole ? 'prefix_taken_whole' : 'prefix_taken', owner?.code)
  return faults
}

function listFieldFaults(field: DraftField, { fields, page }: FormDraft): FormFault[] {
  const faults: FormFault[] = []
  const say = (isWrong: boolean, code: FormFaultCode, other?: string) => {
    if (isWrong) faults.push(other === undefined ? { code, key: field.key } : { code, key: field.key, other })
  }
  const { name, type, region, comb, names } = field
  const others = fields.filter(({ key }) => key !== field.key)
  if (name === '') say(true, 'name_missing')
  else {
    say(!/^[a-z][a-zA-Z0-9]*$/.test(name), 'name_shape')
    say(reservedNames.includes(name), 'name_reserved')
    say(
      others.some((other) => other.name === name),
      'name_twice',
      name,
    )
    const fixed = isCommonField(name) ? commonFields[name] : undefined
    say(fixed !== undefined && type !== fixed, 'name_of_other_type', fixed)
    // By its name an identity code is known for one however badly it was read, and kept encrypted.
    say(type === 'hetu' && !/hetu/i.test(name), 'hetu_name')
    const lacking = languages.filter((language) => names[language].trim() === '')
    say(!isCommonField(name) && lacking.length > 0, 'words_missing', lacking.length === 1 ? lacking[0] : undefined)
  }
  const [x, y, width, height] = region
  say(x < 0 || y < 0 || x + width > page.width || y + height > page.height, 'region_outside')
  const [wide, high] = type === 'tick' ? [16, 16] : [60, 28]
  say(width < wide || height < high, 'region_small')
  say(comb !== undefined && !isCombInside(comb, region), 'comb_outside')
  // Of two that lie on each other the later is told of.
  const earlier = fields.slice(0, fields.indexOf(field))
  const under = earlier.find((other) => shareUnder(region, other.region) > 0.35)
  say(under !== undefined, 'region_on_other', under?.name)
  return faults
}

function isCombInside({ cells, x, width }: NonNullable<DraftField['comb']>, region: FormPlace): boolean {
  return x >= region[0] - width / 2 && x + cells * width <= region[0] + region[2] + width / 2
}

/** How much of the smaller of two places lies under the other. */
function shareUnder([x, y, width, height]: FormPlace, [left, top, wide, high]: FormPlace): number {
  const across = Math.min(x + width, left + wide) - Math.max(x, left)
  const down = Math.min(y + height, top + high) - Math.max(y, top)
  if (across <= 0 || down <= 0) return 0
  return (across * down) / Math.max(1, Math.min(width * height, wide * high))
}

/** Whether a line runs across the page, else down it. */
export function isAcross([x1, y1, x2, y2]: FormPlace): boolean {
  return Math.abs(x2 - x1) >= Math.abs(y2 - y1)
}
