import { Button, type ButtonProps } from '@navikt/ds-react'
import { type MouseEvent, useEffect, useState } from 'react'

type Props = Omit<ButtonProps, 'loading' | 'disabled' | 'onClick'> & {
  /** Something is on its way. */
  isBusy: boolean
  /** Others that send stand beside it and are busy with it; only the one that was pressed says so. */
  isShared?: boolean
  /** There is nothing to send. */
  isIdle?: boolean
  onClick?: () => void
}

/**
 * A button that sends. The second click of a double click does nothing, not even when another button has come to stand
 * there; while it is busy it keeps its words, its size and the keyboard's focus. Of those that are shared a press while they
 * are busy is passed on, so that it can be answered.
 */
export function SendButton(props: Props) {
  const { isBusy, isShared = false, isIdle = false, onClick, type = 'button', className = '', ...rest } = props
  const [isPressed, setIsPressed] = useState(false)
  useEffect(() => {
    if (!isBusy) setIsPressed(false)
  }, [isBusy])
  const press = (event: MouseEvent) => {
    if (event.detail > 1 || (isBusy && !isShared)) event.preventDefault()
    else {
      if (!isBusy) setIsPressed(true)
      onClick?.()
    }
  }
  return (
    <Button
      {...rest}
      type={type}
      className={`send ${className}`}
      aria-busy={isBusy && (isPressed || !isShared)}
      disabled={isIdle}
      aria-disabled={isBusy || undefined}
      onClick={press}
    />
  )
}
