import { type ComponentType, useState } from 'react'
import type { CalendarProps } from './calendar-field.tsx'
import type { DateProps } from './date-texts.ts'
import { PlainDateField } from './plain-date-field.tsx'

type Calendar = ComponentType<CalendarProps>

let loaded: Calendar | undefined

/**
 * A calendar date, typed as `24.6.2023` or chosen from a calendar. The calendar is large and comes when somebody turns to
 * the field; until it has, or when it can't, the field is there to be typed in.
 */
export function DateField(props: DateProps) {
  const [Field, setField] = useState(() => loaded)
  const [isOpened, setOpened] = useState(false)
  const [isMissing, setMissing] = useState(false)
  const load = () => void loadCalendar()
  const open = async () => {
    const calendar = await loadCalendar()
    setMissing(!calendar)
    setOpened(true)
    setField(() => calendar)
  }
  if (Field) return <Field {...props} isOpened={isOpened} />
  return (
    <PlainDateField
      {...props}
      isMissing={isMissing}
      onNear={load}
      onOpen={() => void open()}
      onLeft={() => setField(() => loaded)}
    />
  )
}

async function loadCalendar(): Promise<Calendar | undefined> {
  try {
    loaded ??= (await import('./calendar-field.tsx')).CalendarField
  } catch {
    // Said when the calendar is asked for: typing goes on without it.
  }
  return loaded
}
