import { Button, TextField } from '@navikt/ds-react'
import { isId } from '@tasain/vocabulary'
import { type FormEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { useTexts } from '../../shell/language/language.tsx'
import { managerTexts } from '../texts.ts'
import { pathOfTask } from './tasks.ts'

/** From a task's number to why it is where it is. */
export function FindTask() {
  const t = useTexts(managerTexts).find
  const go = useNavigate()
  const [number, setNumber] = useState('')
  const [isTried, setIsTried] = useState(false)
  const wanted = number.trim().toLowerCase()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIsTried(true)
    if (isId(wanted)) void go(pathOfTask(wanted))
  }
  return (
    <form className="find-task" onSubmit={submit} noValidate>
      <TextField
        size="small"
        label={t.number}
        autoComplete="off"
        value={number}
        onChange={({ target }) => setNumber(target.value)}
        error={isTried && !isId(wanted) && t.invalid}
      />
      <Button type="submit" size="small" variant="secondary">
        {t.go}
      </Button>
    </form>
  )
}
