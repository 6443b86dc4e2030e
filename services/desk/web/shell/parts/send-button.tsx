import { Button, type ButtonProps } from '@navikt/ds-react'
import type { MouseEvent } from 'react'

type Props = Omit<ButtonProps, 'loading' | 'disabled' | 'onClick'> & {
  /** Something is on its way. */
  isBusy: boolean
  /** There is nothing to send. */
  isIdle?: boolean
  onClick?: () => void
}

/**
 * A button that sends. The second click of a double click does nothing, not even when another button has come to stand
 * there; while it is busy it keeps the keyboard's focus.
 */
export function SendButton({ isBusy, isIdle = false, onClick, type = 'button', ...rest }: Props) {
  const press = (event: MouseEvent) => {
    if (isBusy || event.detail > 1) event.preventDefault()
    else onClick?.()
  }
  return (
    <Button
      {...rest}
      type={type}
      loading={isBusy}
      disabled={isIdle}
      aria-disabled={isBusy || undefined}
      onClick={press}
    />
  )
}
