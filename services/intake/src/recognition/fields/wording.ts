/** A wording without its case, blanks and punctuation, and with the letters a poor scan confuses made one. */
export function flatten(text: string): string {
  return text
    .toLowerCase()
    .replace(/[åäáà]/g, 'a')
    .replace(/[öóô]/g, 'o')
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/** Whether what was read is the wording, but for `share` of its letters. */
export function isAlike(read: string, wording: string, share: number): boolean {
  const [one, other] = [flatten(read), flatten(wording)]
  const most = Math.floor(other.length * share)
  return other.length > 0 && countEdits(one, other, most) <= most
}

/** Letters to insert, delete or change to come from one text to the other; more than `most` is `most + 1`. */
export function countEdits(one: string, other: string, most = 1000): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const change = (row[j - 1] ?? 0) + (one.charAt(i - 1) === other.charAt(j - 1) ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return Math.min(row[other.length] ?? 0, most + 1)
}
