import { showDecimal } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { managerTexts } from '../texts.ts'
import type { Bounds, Level } from './levels.ts'

/** Patterns that tell the levels apart without colour. */
export function Hatches() {
  return (
    <defs>
      <pattern id="hatch-calm" width="1" height="1" patternUnits="userSpaceOnUse" />
      <pattern id="hatch-usual" width="1" height="1" patternUnits="userSpaceOnUse" />
      <pattern id="hatch-long" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path d="M0 0V7" className="hatch-line" />
      </pattern>
      <pattern id="hatch-congested" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path d="M0 0V6M0 0H6" className="hatch-line" />
      </pattern>
      <pattern id="hatch-blocked" width="6" height="6" patternUnits="userSpaceOnUse">
        <circle cx="2" cy="2" r="1.4" className="hatch-dot" />
      </pattern>
    </defs>
  )
}

export function Legend({ bounds }: { bounds: Bounds }) {
  const t = useTexts(managerTexts).situation
  const usual = showDecimal(bounds.usual)
  const long = showDecimal(bounds.long)
  const congested = showDecimal(bounds.congested)
  const words: Record<Level, string> = {
    calm: t.levels.calm(usual),
    usual: t.levels.usual(usual, long),
    long: t.levels.long(long, congested),
    congested: t.levels.congested(congested),
    blocked: t.levels.blocked,
  }
  const levels = Object.entries(words)
  return (
    <section className="legend" aria-label={t.legend}>
      <strong>{t.legend}</strong>
      <ul>
        {levels.map(([level, text]) => (
          <li key={level}>
            <svg width="22" height="16" aria-hidden="true">
              <rect width="22" height="16" className={`area-fill area-${level}`} />
              <rect width="22" height="16" fill={`url(#hatch-${level})`} />
            </svg>
            {text}
          </li>
        ))}
      </ul>
    </section>
  )
}
