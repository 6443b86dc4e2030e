import { type RefusalBody, type RefusalCode, refusals } from '@tasain/contracts'

type Fault = { path: string; message: string }

/** A request refused for a reason that its sender can understand and mend. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly status: number
  readonly fields: Fault[] | undefined

  constructor(code: RefusalCode, fields?: Fault[]) {
    super(code)
    this.code = code
    this.status = refusals[code].status
    this.fields = fields
  }
}

/** `throw refuse('task.not_held')`: the one way in which code outside the cores says no. */
export function refuse(code: RefusalCode, fields?: Fault[]): Refusal {
  return new Refusal(code, fields)
}

/** The body that a refusal is answered with. */
export function refusalBody(refusal: Refusal, reference: string): RefusalBody {
  const { fi, sv, en } = refusals[refusal.code]
  return {
    error: {
      code: refusal.code,
      message: { fi, sv, en },
      reference,
      ...(refusal.fields && { fields: refusal.fields }),
    },
  }
}
