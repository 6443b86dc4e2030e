import { Select, TextField } from '@navikt/ds-react'
import { parseHetu } from '@tasain/vocabulary'
import { useState } from 'react'
import { useTexts } from '../../shell/language/language.tsx'
import { FormDialog } from '../../shell/parts/form-dialog.tsx'
import { HetuField } from '../../shell/parts/hetu-field.tsx'
import { usePlaces } from '../../shell/parts/places.ts'
import { useSession } from '../../shell/server/session.tsx'
import { shellTexts } from '../../shell/texts.ts'
import { managerTexts } from '../texts.ts'
import { useRegisterStaff } from './staff.ts'

/** Asks who works for the institution, and in which office. */
export function RegisterDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const t = useTexts(managerTexts).staff
  const { form } = useTexts(shellTexts)
  const places = usePlaces()
  const { roles, district } = useSession()
  const register = useRegisterStaff()
  const [hetu, setHetu] = useState('')
  const [label, setLabel] = useState('')
  const [office, setOffice] = useState('')
  const [subject, setSubject] = useState('')
  const [isTried, setIsTried] = useState(false)
  const offices = places.list.offices.filter((one) => roles.includes('admin') || one.district === district)
  const submit = () => {
    setIsTried(true)
    if (!parseHetu(hetu) || label.trim() === '' || office === '') return
    const person = { hetu: hetu.trim(), label: label.trim(), office, subject: subject.trim() || null }
    register.send(person, onDone)
  }
  const close = () => {
    register.cancel()
    onClose()
  }
  return (
    <FormDialog
      heading={t.add}
      confirm={t.confirm}
      isBusy={register.isBusy}
      refusal={register.error}
      onClose={close}
      onSubmit={submit}
    >
      <HetuField value={hetu} onChange={setHetu} isTried={isTried} />
      <TextField
        size="small"
        label={t.name}
        description={t.nameHelp}
        value={label}
        onChange={({ target }) => setLabel(target.value)}
        maxLength={100}
        error={isTried && label.trim() === '' && form.required}
        autoComplete="off"
      />
      <Select
        size="small"
        label={t.office}
        value={office}
        onChange={({ target }) => setOffice(target.value)}
        error={isTried && office === '' && form.required}
      >
        <option value="">{t.chooseOffice}</option>
        {offices.map(({ id }) => (
          <option key={id} value={id}>
            {places.name(id)}
          </option>
        ))}
      </Select>
      <TextField
        size="small"
        label={`${t.subject} ${form.optional}`}
        description={t.subjectHelp}
        value={subject}
        onChange={({ target }) => setSubject(target.value)}
        maxLength={255}
        autoComplete="off"
      />
    </FormDialog>
  )
}
