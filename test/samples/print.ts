import { drawFormPdf } from './draw.ts'
import { layouts } from './layouts.ts'

/** Every copy of a print carries the same serial number, one that no form sent in by post has. */
const printed = 0

/** Our own forms as PDFs to print and fill in by hand, each with a name that tells form and language. */
export async function listDemoForms(): Promise<
  { fileName: string; layout: (typeof layouts)[number]; pdf: Uint8Array }[]
> {
  return await Promise.all(
    layouts.map(async (layout) => {
      const { pdf } = await drawFormPdf(layout, printed)
      return { fileName: `${layout.code.toLowerCase().replace(' ', '')}-${layout.language}.pdf`, layout, pdf }
    }),
  )
}
