import { TextField } from '@navikt/ds-react'
import { parseHetu } from '@tasain/vocabulary'
import { useTexts } from '../language/language.tsx'
import { shellTexts } from '../texts.ts'

type Props = { value: string; onChange: (value: string) => void; isTried: boolean }

/** An identity code that is asked for and kept nowhere: the browser is told not to remember it either. */
export function HetuField({ value, onChange, isTried }: Props) {
  const { form } = useTexts(shellTexts)
  return (
    <TextField
      size="small"
      label={form.hetu}
      description={form.hetuHelp}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      error={isTried && !parseHetu(value) && form.hetuWrong}
      maxLength={30}
      autoComplete="off"
      spellCheck={false}
    />
  )
}
