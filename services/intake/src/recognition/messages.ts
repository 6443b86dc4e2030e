import type { FileKind, FirstReading, PageReading, PageText, TextMode, Upright } from '@tasain/contracts'
import type { Failed } from './failure.ts'
import type { Inspected } from './inspect.ts'
import type { PageImage, PageImageRequest } from './page-image.ts'

/** What a child is asked. */
export type ReadRequest = { readonly path: string; readonly kind: FileKind; readonly page: number }
/** `rotation` and `skew`: how the first stage found the page to lie. */
export type TextRequest = ReadRequest & Pick<Upright, 'rotation' | 'skew'> & { readonly mode: TextMode }
export type RenderRequest = PageImageRequest & { readonly path: string }
export type InspectRequest = { readonly path: string; readonly kind?: FileKind }

export type Ask =
  | ({ readonly id: number; readonly does: 'read' | 'readFields' } & ReadRequest)
  | ({ readonly id: number; readonly does: 'readText' } & TextRequest)
  | ({ readonly id: number; readonly does: 'inspect' } & InspectRequest)
  | ({ readonly id: number; readonly does: 'render' } & RenderRequest)

export type Read<T> = { readonly ok: true; readonly reading: T; readonly ms: number } | Failed
export type Rendered = ({ readonly ok: true } & PageImage) | Failed
/** What it answers, by what it was asked. */
export type Answers = {
  read: Read<PageReading>
  readFields: Read<FirstReading>
  readText: Read<PageText>
  inspect: Inspected
  render: Rendered
}
export type Reply = { readonly id: number; readonly answer: Answers[keyof Answers] }
