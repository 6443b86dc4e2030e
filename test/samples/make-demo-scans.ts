/** Draws the demo scans the product shows itself with: `node test/samples/make-demo-scans.ts`. Nobody in them is real. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { type Damage, profiles } from './damage.ts'
import { drawMultiPage, type Sheet } from './form.ts'

const folder = new URL('../../infra/demo/scans/', import.meta.url)
const light: Damage = { ...profiles.office, noise: 1.5, quality: 45 }
const pdf: Damage = { ...profiles.inPdf, quality: 45 }
const orders: readonly { layout: string; damage: Damage; postal: string; more?: Sheet }[] = [
  { layout: 'support-fi', damage: light, postal: '00530 Helsinki' },
  { layout: 'support-fi', damage: profiles.fax, postal: '33100 Tampere' },
  { layout: 'support-fi', damage: { ...light, skew: -1.4 }, postal: '90100 Oulu' },
  { layout: 'sickness-fi', damage: light, postal: '70100 Kuopio' },
  { layout: 'sickness-fi', damage: profiles.fax, postal: '15110 Lahti' },
  { layout: 'sickness-fi', damage: { ...light, turned: 180 }, postal: '60100 Seinäjoki' },
  { layout: 'housing-fi', damage: pdf, postal: '96200 Rovaniemi', more: { letter: 'fi' } },
  { layout: 'housing-fi', damage: light, postal: '80100 Joensuu' },
  { layout: 'housing-sv', damage: light, postal: '65100 Vasa' },
  { layout: 'housing-sv', damage: { ...profiles.coarse, noise: 1.5 }, postal: '10600 Ekenäs' },
  { layout: 'child-sv', damage: light, postal: '68600 Jakobstad' },
  { layout: 'child-sv', damage: { ...profiles.fax, skew: -0.9 }, postal: '22100 Mariehamn', more: 'blank' },
  { layout: 'child-sv', damage: { ...light, turned: 90 }, postal: '20100 Åbo' },
]

mkdirSync(folder, { recursive: true })
for (const old of readdirSync(folder)) rmSync(new URL(old, folder))
for (const [index, { layout, damage, postal, more }] of orders.entries()) {
  const form = { layout, seed: 2026_000 + index, answers: { postal } }
  const { bytes, fileName } = await drawMultiPage(more === undefined ? [form] : [form, more], damage)
  writeFileSync(new URL(`${String(index + 1).padStart(2, '0')}-${fileName.replace(/-\d+/, '')}`, folder), bytes)
}
