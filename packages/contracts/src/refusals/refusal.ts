export type Text = { fi: string; sv: string; en: string }
/** By its stable code: the HTTP status, and what to do about it in the reader's words. */
export type Refusals = Record<string, Text & { status: number }>
