import { type RefusalBody, type RefusalCode, refusals } from '@tasain/contracts'

type Fault = { path: string; message: string }
type Text = RefusalBody['error']['message']

/** A request refused for a reason that its sender can understand and mend. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly status: number
  readonly fields: Fault[] | undefined
  readonly because: Text | undefined

  constructor(code: RefusalCode, fields?: Fault[], because?: Text) {
    super(code)
    this.code = code
    this.status = refusals[code].status
    this.fields = fields
    this.because = because
  }
}

/**
 * `throw refuse('task.not_held')`: the one way in which code outside the cores says no.
 * @param because follows the code's own sentence, where only this case says what to do
 */
export function refuse(code: RefusalCode, fields?: Fault[], because?: Text): Refusal {
  return new Refusal(code, fields, because)
}

/** The body that a refusal is answered with. */
export function refusalBody(refusal: Refusal, reference: string): RefusalBody {
  const { because } = refusal
  const say = (language: keyof Text) =>
    [refusals[refusal.code][language], ...(because ? [because[language]] : [])].join(' ')
  return {
    error: {
      code: refusal.code,
      message: { fi: say('fi'), sv: say('sv'), en: say('en') },
      reference,
      ...(refusal.fields && { fields: refusal.fields }),
    },
  }
}
