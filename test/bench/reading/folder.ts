import { join } from 'node:path'
import type { FileKind } from '@tasain/contracts'
import { listTruths, type TruthFile } from '../../samples/gather.ts'
import type { BenchPage } from './pages.ts'

type BenchTruth = TruthFile & {
  id: string
  hand: boolean
  profile: string
  degrade: { orient: number; dpi: number }
  checks?: Record<string, { on: boolean }>
}

/**
 * The pages of a folder with their truth beside them. Of those, by file name, the later half is reported; with
 * TASAIN_TUNE=1 the first, to tune on.
 */
export function readFolder(folder: string): BenchPage[] {
  const truths = listTruths<BenchTruth>(folder)
  const half = Math.floor(truths.length / 2)
  const chosen = process.env['TASAIN_TUNE'] === '1' ? truths.slice(0, half) : truths.slice(half)
  return chosen.map(({ id, file, formCode, lang, hand, profile, degrade, fields, checks = {} }) => ({
    name: id,
    path: join(folder, file),
    kind: kindOf(file),
    dpi: degrade.dpi,
    rotation: (360 - degrade.orient) % 360,
    damage: profile,
    form: formCode,
    language: lang,
    isBlank: false,
    isTyped: !hand,
    fields,
    ticks: Object.fromEntries(Object.entries(checks).map(([name, { on }]) => [name, on ? 'on' : 'off'])),
    lines: [],
  }))
}

function kindOf(file: string): FileKind {
  if (/\.tiff?$/.test(file)) return 'tiff'
  if (file.endsWith('.png')) return 'png'
  return file.endsWith('.pdf') ? 'pdf' : 'jpeg'
}
