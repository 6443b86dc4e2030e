import { Select, TextField } from '@navikt/ds-react'
import { type DeclaredGround, declaredGrounds } from '@tasain/contracts'
import { parseHetu } from '@tasain/vocabulary'
import { useState } from 'react'
import { useTexts } from '../../shell/language/language.tsx'
import { FormDialog } from '../../shell/parts/form-dialog.tsx'
import { HetuField } from '../../shell/parts/hetu-field.tsx'
import { shellTexts } from '../../shell/texts.ts'
import { handlerTexts } from '../texts.ts'
import { useDeclareConflict } from './conflicts.ts'

/** Asks whose matters the handler may not handle, and why. */
export function DeclareDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const t = useTexts(handlerTexts).conflicts
  const { form } = useTexts(shellTexts)
  const declare = useDeclareConflict()
  const [hetu, setHetu] = useState('')
  const [label, setLabel] = useState('')
  const [ground, setGround] = useState<DeclaredGround>()
  const [isTried, setIsTried] = useState(false)
  const submit = () => {
    setIsTried(true)
    if (parseHetu(hetu) && label.trim() !== '' && ground)
      declare.send({ hetu: hetu.trim(), label: label.trim(), ground }, onDone)
  }
  const close = () => {
    declare.cancel()
    onClose()
  }
  return (
    <FormDialog
      heading={t.add}
      confirm={t.confirm}
      isBusy={declare.isBusy}
      refusal={declare.error}
      onClose={close}
      onSubmit={submit}
    >
      <HetuField value={hetu} onChange={setHetu} isTried={isTried} />
      <Select
        size="small"
        label={t.ground}
        value={ground ?? ''}
        onChange={({ target }) => setGround(declaredGrounds.find((one) => one === target.value))}
        error={isTried && !ground && form.required}
      >
        <option value="">{t.chooseGround}</option>
        {declaredGrounds.map((one) => (
          <option key={one} value={one}>
            {t.grounds[one]}
          </option>
        ))}
      </Select>
      <TextField
        size="small"
        label={t.label}
        description={t.labelHelp}
        value={label}
        onChange={({ target }) => setLabel(target.value)}
        maxLength={100}
        error={isTried && label.trim() === '' && form.required}
        autoComplete="off"
      />
    </FormDialog>
  )
}
