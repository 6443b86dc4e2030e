import { Alert, BodyShort, Button, Heading, Select, TextField } from '@navikt/ds-react'
import { type FormDraft, isAcross } from '@tasain/contracts'
import { benefits, isBenefit, isLanguage, languages } from '@tasain/vocabulary'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { nameBenefit, shellTexts } from '../../shell/texts.ts'
import { adminTexts } from '../texts.ts'
import type { Editor } from './use-editor.ts'
import { sayFault } from './words.ts'

/** What the form is: code, version, name, language, benefit, and how its copies are known. */
export function HeadPanel({ editor }: { editor: Editor }) {
  const t = useTexts(adminTexts).head
  const shell = useTexts(shellTexts)
  const { language } = useLanguage()
  const { draft } = editor
  const change = (part: Partial<FormDraft>, tag: string) => editor.change((before) => ({ ...before, ...part }), tag)
  const across = draft.anchors.filter(isAcross).length
  return (
    <fieldset className="bare stack" disabled={!editor.isOpen}>
      <div className="form-grid">
        <TextField
          size="small"
          label={t.code}
          data-input="code"
          description={t.codeHelp}
          value={draft.code}
          maxLength={20}
          autoComplete="off"
          onChange={({ target }) => change({ code: target.value }, 'code')}
        />
        <TextField
          size="small"
          label={t.version}
          data-input="version"
          description={t.versionHelp}
          value={draft.version}
          maxLength={20}
          autoComplete="off"
          onChange={({ target }) => change({ version: target.value }, 'version')}
        />
      </div>
      <TextField
        size="small"
        label={t.titleLabel}
        data-input="title"
        value={draft.title}
        maxLength={200}
        onChange={({ target }) => change({ title: target.value }, 'title')}
      />
      <div className="form-grid">
        <Select
          size="small"
          label={t.language}
          data-input="language"
          value={draft.language ?? ''}
          onChange={({ target: { value } }) => change({ language: isLanguage(value) ? value : null }, 'language')}
        >
          <option value="">{t.choose}</option>
          {languages.map((code) => (
            <option key={code} value={code}>
              {shell.languages[code]}
            </option>
          ))}
        </Select>
        <Select
          size="small"
          label={t.benefit}
          data-input="benefit"
          value={draft.benefit ?? ''}
          onChange={({ target: { value } }) => change({ benefit: isBenefit(value) ? value : null }, 'benefit')}
        >
          <option value="">{t.choose}</option>
          {benefits.map((code) => (
            <option key={code} value={code}>
              {nameBenefit(code, language)}
            </option>
          ))}
        </Select>
      </div>
      <Heading level="3" size="xsmall">
        {t.barcode}
      </Heading>
      {draft.barcode ? (
        <BarcodeFields barcode={draft.barcode} editor={editor} />
      ) : (
        <Alert variant="warning" size="small">
          {t.noBarcode}
        </Alert>
      )}
      <BodyShort size="small" className="quiet" tabIndex={-1} data-input="anchors">
        {t.anchors(across, draft.anchors.length - across)}
      </BodyShort>
    </fieldset>
  )
}

function BarcodeFields({ barcode, editor }: { barcode: NonNullable<FormDraft['barcode']>; editor: Editor }) {
  const t = useTexts(adminTexts).head
  const { language } = useLanguage()
  const { text, begins } = barcode
  const fault = editor.faults.find(({ code }) => code.startsWith('prefix_'))
  return (
    <>
      <BodyShort size="small">
        {t.barcodeText}: <code translate="no">{text}</code>
      </BodyShort>
      <TextField
        size="small"
        label={t.begins}
        data-input="begins"
        description={t.beginsHelp}
        value={begins}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        error={fault && sayFault(fault, editor.draft.fields, language)}
        onChange={({ target }) =>
          editor.change((before) => ({ ...before, barcode: { ...barcode, begins: target.value } }), 'begins')
        }
      />
      {editor.isOpen && (
        <div>
          <Button
            type="button"
            size="xsmall"
            variant="tertiary"
            onClick={() => editor.change((before) => ({ ...before, barcode: null }))}
          >
            {t.drop}
          </Button>
        </div>
      )}
      {text.startsWith(begins) && (
        <BodyShort size="small" className="quiet">
          {t.split(begins, text.slice(begins.length))}
        </BodyShort>
      )}
    </>
  )
}
