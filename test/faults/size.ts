/** Fault runs take a small fixed sample in `npm test` and their full size with TASAIN_LONG=1. */
export const isLong = process.env['TASAIN_LONG'] === '1'

export function sized(small: number, full: number): number {
  return isLong ? full : small
}
