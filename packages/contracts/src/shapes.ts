import { maskHetus } from '@tasain/vocabulary'
import * as z from 'zod'

/** A calendar date in Helsinki, `YYYY-MM-DD`. */
export const isoDate = z.iso.date()
/** An instant in UTC, `2026-11-22T00:00:00.000Z`. */
export const instant = z.iso.datetime({ offset: true })
/** `[x, y, width, height]` in pixels of the upright page image. */
export const box = z.tuple([z.number(), z.number(), z.number(), z.number()])
export type Box = z.infer<typeof box>

/** What people write in their own words. An identity code in it is masked, so that none is stored or shown on. */
export const ownWords = (most: number, least = 0) => z.string().trim().min(least).max(most).transform(maskHetus)
