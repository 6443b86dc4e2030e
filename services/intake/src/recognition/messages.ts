import type {
  FileKind,
  FirstReading,
  FormDefinition,
  PageReading,
  PageText,
  TextMode,
  Upright,
} from '@tasain/contracts'
import type { Proposal } from './authoring/propose.ts'
import type { Failed } from './failure.ts'
import type { Inspected } from './inspect.ts'
import type { PageImageRequest } from './page-image.ts'

/**
 * The forms to read a page by. A child keeps those of one revision and is given them when it has another; those without a
 * revision are for one page.
 */
export type FormsAsked = { readonly revision: number | null; readonly definitions?: readonly FormDefinition[] }
/** What a child is asked. `forms`: without them those that ship with the product. */
export type ReadRequest = {
  readonly path: string
  readonly kind: FileKind
  readonly page: number
  readonly forms?: FormsAsked
}
/** `rotation` and `skew`: how the first stage found the page to lie. */
export type TextRequest = ReadRequest & Pick<Upright, 'rotation' | 'skew'> & { readonly mode: TextMode }
export type RenderRequest = PageImageRequest & { readonly path: string }
export type InspectRequest = { readonly path: string }

export type Ask =
  | ({ readonly id: number; readonly does: 'read' | 'readFields' | 'propose' } & ReadRequest)
  | ({ readonly id: number; readonly does: 'readText' } & TextRequest)
  | ({ readonly id: number; readonly does: 'inspect' } & InspectRequest)
  | ({ readonly id: number; readonly does: 'render' } & RenderRequest)

type Read<T> = { readonly ok: true; readonly reading: T } | Failed
/** A form proposed from a blank copy, and the picture of that, upright, as WebP. */
export type Proposed = ({ readonly ok: true; readonly image: Uint8Array } & Proposal) | Failed
/** What it answers, by what it was asked. */
export type Answers = {
  read: Read<PageReading>
  readFields: Read<FirstReading>
  readText: Read<PageText>
  propose: Proposed
  inspect: Inspected
  render: { readonly ok: true; readonly bytes: Uint8Array } | Failed
}
export type Reply = { readonly id: number; readonly answer: Answers[keyof Answers] }
