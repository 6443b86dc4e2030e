import { TrashIcon } from '@navikt/aksel-icons'
import { BodyShort, Button, Select, TextField } from '@navikt/ds-react'
import {
  type CommonField,
  commonFields,
  type DraftField,
  type FormFieldType,
  type FormPlace,
  formFieldTypes,
  isCommonField,
} from '@tasain/contracts'
import { languages } from '@tasain/vocabulary'
import { useRef } from 'react'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { announce } from '../../shell/parts/announcer.tsx'
import { listKeys, shellTexts } from '../../shell/texts.ts'
import { adminTexts } from '../texts.ts'
import { setMeaning, setType, settleGuess } from './draft-change.ts'
import { focusBox, focusInput, type InputName } from './focus.ts'
import { withCells, withRegion } from './place.ts'
import type { Editor } from './use-editor.ts'
import { sayFault, sayField } from './words.ts'

/** What is known of the chosen field, to be put right. */
export function FieldPanel({ field, editor }: { field: DraftField; editor: Editor }) {
  const t = useTexts(adminTexts)
  const { language } = useLanguage()
  const { fields } = editor.draft
  const faults = editor.faults.filter(({ key }) => key === field.key)
  const change = (next: (before: DraftField) => DraftField, tag: string | null = null) =>
    editor.changeField(field.key, next, tag && `${tag} ${field.key}`)
  const remove = () => {
    editor.removeField(field.key)
    announce(t.editor.removed(sayField(field, language)))
  }
  const settle = () => {
    change(settleGuess)
    // Its button is gone with it.
    focusInput('type', field.key)
  }
  return (
    <fieldset
      className="bare field-panel"
      disabled={!editor.isOpen}
      onKeyDown={({ key }) => {
        if (key === 'Escape') focusBox(field.key)
      }}
    >
      <legend className="field-panel-name">{sayField(field, language)}</legend>
      {faults.length > 0 && (
        <ul className="field-faults">
          {faults.map((fault) => (
            <li key={fault.code}>{sayFault(fault, fields, language)}</li>
          ))}
        </ul>
      )}
      {editor.isOpen && field.guessed && (
        <div className="row">
          <BodyShort size="small">{t.fields.guessed(t.fields.types[field.type])}</BodyShort>
          <Button type="button" size="small" variant="secondary" onClick={settle}>
            {t.fields.settle}
          </Button>
        </div>
      )}
      <MeaningFields field={field} others={fields.filter(({ key }) => key !== field.key)} change={change} />
      <div className="form-grid">
        {languages.map((code) => (
          <TextField
            key={code}
            size="small"
            label={t.fields.names[code]}
            data-input={`names.${code}`}
            value={field.names[code]}
            maxLength={80}
            lang={code}
            onChange={({ target }) =>
              change((one) => ({ ...one, names: { ...one.names, [code]: target.value } }), code)
            }
          />
        ))}
      </div>
      <TextField
        size="small"
        label={t.fields.label}
        value={field.label}
        maxLength={200}
        onChange={({ target }) => change((one) => ({ ...one, label: target.value }), 'label')}
      />
      <PlaceFields field={field} change={change} />
      {editor.isOpen && (
        <Button
          type="button"
          size="small"
          variant="tertiary"
          icon={<TrashIcon aria-hidden />}
          onClick={({ detail }) => detail <= 1 && remove()}
        >
          {t.editor.remove}
        </Button>
      )}
    </fieldset>
  )
}

type PartProps = { field: DraftField; change: (next: (before: DraftField) => DraftField, tag?: string) => void }

function MeaningFields({ field, others, change }: PartProps & { others: readonly DraftField[] }) {
  const t = useTexts(adminTexts).fields
  const { fields: names } = useTexts(shellTexts)
  const { language } = useLanguage()
  const nameOption = (name: CommonField) => {
    const holder = others.find((other) => other.name === name)
    return holder ? t.takenBy(names[name], sayField(holder, language)) : names[name]
  }
  const isCommon = isCommonField(field.name)
  const fixed: FormFieldType | undefined = isCommonField(field.name) ? commonFields[field.name] : undefined
  return (
    <>
      <div className="form-grid">
        <Select
          size="small"
          label={t.meaning}
          data-input="meaning"
          value={isCommon ? field.name : ''}
          onChange={({ target: { value } }) =>
            change((before) => setMeaning(before, isCommonField(value) ? value : null, others))
          }
        >
          <option value="">{t.own}</option>
          {listKeys(commonFields as Record<keyof typeof commonFields, never>).map((name) => (
            <option key={name} value={name} disabled={others.some((other) => other.name === name)}>
              {nameOption(name)}
            </option>
          ))}
        </Select>
        <Select
          size="small"
          label={t.type}
          data-input="type"
          description={fixed !== undefined && t.typeFixed}
          value={field.type}
          onChange={({ target }) => {
            const type = formFieldTypes.find((one) => one === target.value)
            if (type) change((before) => setType(before, type))
          }}
        >
          {formFieldTypes.map((type) => (
            <option key={type} value={type} disabled={fixed !== undefined && type !== fixed}>
              {t.types[type]}
            </option>
          ))}
        </Select>
      </div>
      {!isCommon && (
        <TextField
          size="small"
          label={t.technical}
          data-input="technical"
          description={t.technicalHelp}
          value={field.name}
          maxLength={40}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => change((before) => ({ ...before, name: target.value.trim() }), 'name')}
        />
      )}
    </>
  )
}

function PlaceFields({ field, change }: PartProps) {
  const t = useTexts(adminTexts).fields
  const sides = [t.left, t.top, t.width, t.height]
  const hasComb = field.type !== 'tick' && field.type !== 'text'
  // As it was before the number was begun: half-written, a number would squeeze the cells for good.
  const begun = useRef(field)
  const set = (index: number, value: number) => {
    const region = begun.current.region.map((old, at) => (at === index ? value : old)) as unknown as FormPlace
    change(() => withRegion(begun.current, region), 'place')
  }
  return (
    <>
      <fieldset className="bare">
        <legend className="aksel-form-field__label aksel-label aksel-label--small">{t.place}</legend>
        <div className="place-grid">
          {sides.map((side, index) => (
            <NumberField
              key={side}
              label={side}
              value={Math.round(field.region[index] ?? 0)}
              onFocus={() => {
                begun.current = field
              }}
              onChange={(value) => set(index, value)}
            />
          ))}
        </div>
      </fieldset>
      {hasComb && (
        <NumberField
          label={t.cells}
          input="cells"
          description={t.cellsHelp}
          value={field.comb?.cells ?? 0}
          most={60}
          onChange={(cells) => change((before) => withCells(before, cells), 'cells')}
        />
      )}
    </>
  )
}

type NumberProps = {
  label: string
  description?: string
  input?: InputName
  value: number
  most?: number
  onFocus?: () => void
  onChange: (value: number) => void
}

function NumberField({ label, description, input, value, most = 20_000, onFocus, onChange }: NumberProps) {
  return (
    <TextField
      size="small"
      type="number"
      inputMode="numeric"
      min={0}
      max={most}
      className="number-field"
      data-input={input}
      label={label}
      description={description}
      value={value}
      onFocus={onFocus}
      onChange={({ target }) => {
        const next = Number(target.value)
        if (Number.isFinite(next) && next >= 0 && next <= most) onChange(Math.round(next))
      }}
    />
  )
}
