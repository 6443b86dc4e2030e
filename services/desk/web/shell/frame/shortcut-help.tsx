import { BodyShort, Button, Heading, Modal, Switch } from '@navikt/ds-react'
import type { Language } from '@tasain/vocabulary'
import { useLanguage, useTexts } from '../language/language.tsx'
import { shellTexts } from '../texts.ts'
import { type Shortcut, useActiveShortcuts, useSingleKeys } from './shortcuts.tsx'

const ownKeys: Readonly<Record<string, string>> = {
  enter: 'Enter',
  esc: 'Esc',
  delete: 'Delete',
  arrowleft: '←',
  arrowright: '→',
  arrows: '←↑↓→',
}
const shift: Readonly<Record<Language, string>> = { fi: 'Vaihto', sv: 'Skift' }

/** The list of keys of the open page, and the switch that turns single letters off. */
export function ShortcutHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTexts(shellTexts)
  const { language } = useLanguage()
  const [singleKeys, setSingleKeys] = useSingleKeys()
  const shortcuts = useActiveShortcuts().filter(({ key }) => key !== '?')
  return (
    <Modal open={open} onClose={onClose} header={{ heading: t.shortcuts.heading, size: 'small' }} width={480}>
      <Modal.Body>
        <Heading level="2" size="xsmall" spacing>
          {t.shortcuts.here}
        </Heading>
        {shortcuts.length === 0 ? (
          <BodyShort size="small">{t.shortcuts.none}</BodyShort>
        ) : (
          <dl className="keys">
            {shortcuts.map((shortcut) => (
              <div key={`${shortcut.ctrl}${shortcut.key}`}>
                <dt>
                  <kbd>{showKey(shortcut, language)}</kbd>
                </dt>
                <dd>{shortcut.label}</dd>
              </div>
            ))}
          </dl>
        )}
        <Heading level="2" size="xsmall" spacing className="gap-above">
          {t.shortcuts.everywhere}
        </Heading>
        <dl className="keys">
          <div>
            <dt>
              <kbd>?</kbd>
            </dt>
            <dd>{t.shortcuts.help}</dd>
          </div>
          <div>
            <dt>
              <kbd>{language === 'sv' ? 'Tabb' : 'Sarkain'}</kbd>
            </dt>
            <dd>{t.shortcuts.next}</dd>
          </div>
        </dl>
        <Switch
          size="small"
          checked={singleKeys}
          onChange={(event) => setSingleKeys(event.target.checked)}
          description={t.shortcuts.singleKeysHelp}
        >
          {t.shortcuts.singleKeys}
        </Switch>
      </Modal.Body>
      <Modal.Footer>
        <Button type="button" size="small" onClick={onClose}>
          {t.form.close}
        </Button>
      </Modal.Footer>
    </Modal>
  )
}

function showKey({ key, ctrl }: Shortcut, language: Language): string {
  const [last = '', ...before] = key === '+' ? ['+'] : key.split('+').toReversed()
  const name = ownKeys[last] ?? last.toUpperCase()
  return [ctrl && 'Ctrl', before.length > 0 && shift[language], name].filter(Boolean).join(' + ')
}
