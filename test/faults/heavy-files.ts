/** Small files, made here, that take much to draw or to read. */
import { joinPdf } from './bad-files.ts'

const stream = (content: string, entries = '') =>
  `<< ${entries} /Length ${content.length} >>\nstream\n${content}\nendstream`

/** Each form draws the next one twice: a few kilobytes that ask for 2^`depth` rectangles on every page. */
export function makeExplodingPdf(pages: number, depth = 26): Buffer {
  const firstForm = 4 + pages
  const forms = Array.from({ length: depth }, (_, index) =>
    stream(
      '/F Do /F Do',
      `/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /F ${firstForm + index + 1} 0 R >> >>`,
    ),
  )
  const last = stream('1 1 9 9 re f', '/Type /XObject /Subtype /Form /BBox [0 0 595 842]')
  return joinPages(pages, `/Resources << /XObject << /F ${firstForm} 0 R >> >>`, '/F Do', [...forms, last])
}

/** Pages of small print from edge to edge, of words that no dictionary has, all alike; `mark` makes other bytes. */
export function makeDensePdf(pages: number, mark = ''): Buffer {
  const words = Array.from({ length: 2_400 }, (_, index) => ((index * 7_919 + 104_729) % 1_679_616).toString(36))
  const lines = Array.from({ length: 120 }, (_, row) => {
    const text = words.slice(row * 20, row * 20 + 20).join(' ')
    return `1 0 0 1 20 ${830 - row * 6.8} Tm (${text}) Tj`
  })
  const font = 4 + pages
  const content = `BT /T 6 Tf\n${lines.join('\n')}\nET\n% ${mark}`
  const helvetica = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'
  return joinPages(pages, `/Resources << /Font << /T ${font} 0 R >> >>`, content, [helvetica])
}

/** Pages that share their content, object 3, and whatever it needs, from object 4 + `pages` on. */
function joinPages(pages: number, resources: string, content: string, more: readonly string[]): Buffer {
  const ids = Array.from({ length: pages }, (_, index) => 4 + index)
  const page = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R ${resources} >>`
  return joinPdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages} /Kids [${ids.map((id) => `${id} 0 R`).join(' ')}] >>`,
    stream(content),
    ...ids.map(() => page),
    ...more,
  ])
}
