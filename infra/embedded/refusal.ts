/** A start that cannot go on for a reason the person at the keyboard can mend: printed as its sentence, without a stack trace. */
export class StartRefused extends Error {}

/** @throws StartRefused always, with a sentence that says what to do. */
export function refuseStart(sentence: string): never {
  throw new StartRefused(sentence)
}
