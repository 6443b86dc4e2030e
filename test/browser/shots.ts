import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Visitor } from './visitor.ts'

/** Keeps a picture of the page as it stands, where TASAIN_SHOTS names a folder for them. */
export async function keepShot({ page, language }: Visitor, name: string): Promise<void> {
  const folder = process.env['TASAIN_SHOTS']
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}-${language}.png`) })
}
