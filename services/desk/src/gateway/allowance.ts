import type { Bucket } from './target.ts'

/** So many requests a person may make in a minute. */
export const perMinute: Record<Bucket, number> = { upload: 120, search: 60, other: 600 }

/** Counts requests; `take` says how many seconds to wait, 0 when the request may pass. */
export type Allowances = { take: (subject: string, bucket: Bucket, now: Date) => number }

type Level = { left: number; at: number }

/**
 * Allowances that fill up evenly: a person at rest has a whole minute's worth at once. Counted by person, since an
 * office shares an address, and in this process alone.
 */
export function createAllowances(limits: Record<Bucket, number> = perMinute): Allowances {
  const levels = new Map<string, Level>()
  let sweptAt = 0
  const forgetRested = (now: number) => {
    if (now - sweptAt < 60_000) return
    sweptAt = now
    for (const [key, level] of levels) if (now - level.at >= 60_000) levels.delete(key)
  }
  return {
    take(subject, bucket, date) {
      const now = date.getTime()
      forgetRested(now)
      const key = `${bucket} ${subject}`
      const limit = limits[bucket]
      const level = levels.get(key) ?? { left: limit, at: now }
      const left = Math.min(limit, level.left + (Math.max(0, now - level.at) * limit) / 60_000)
      const passes = left >= 1
      levels.set(key, { left: passes ? left - 1 : left, at: now })
      return passes ? 0 : Math.ceil(((1 - left) * 60) / limit)
    },
  }
}
