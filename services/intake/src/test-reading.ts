import type { FieldReading, PageReading } from '@tasain/contracts'
import { followPage } from './applications/follow.work.ts'
import type { House } from './house.ts'
import { readOnePage } from './recognition/recognition.work.ts'

// Readings made up for tests, kept by the same way as real ones.

export const testHetu = '010190-999W'

export function madeUpField(value: string, status: FieldReading['status'] = 'sure'): FieldReading {
  return { value, status, confidence: status === 'sure' ? 0.98 : 0.5, box: [100, 200, 300, 40], provenance: 'raw' }
}

export function madeUpReading(part: Partial<PageReading> = {}): PageReading {
  const text = part.text ?? 'Hakemus yleisestä asumistuesta'
  return {
    page: 1,
    width: 2480,
    height: 3508,
    dpi: 300,
    rotation: 0,
    skew: 0,
    blank: false,
    barcodes: [],
    form: { code: 'AS 1', version: '2025-01', language: 'fi', benefit: 'YA', confidence: 0.99 },
    fields: { hetu: madeUpField(testHetu), name: madeUpField('Meikäläinen Maija'), postal: madeUpField('15110 Lahti') },
    found: 'labels',
    sheet: false,
    confidence: 0.9,
    words: text.split(' ').map((word, index) => ({ text: word, confidence: 0.9, box: [index * 100, 10, 90, 20] })),
    ...part,
    text,
  }
}

/** Settles a page as if this had been read from it. */
export async function keepReading(house: House, pageId: string, reading: PageReading): Promise<void> {
  const { text, words, confidence, ...fields } = reading
  const first = { ...fields, whole: { text, words, confidence } }
  const readFields: House['readFields'] = () => Promise.resolve({ ok: true, reading: first, engine: 'made up' })
  await readOnePage({ ...house, readFields }, { pageId }, followPage)
}
