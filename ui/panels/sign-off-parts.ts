import { html, nothing, type TemplateResult } from 'lit'
import { t, type Key } from '../common/i18n.ts'
import type { SignOffPage, SignOffSettings } from '../data/sign-offs.ts'

/** What vehicle it is, and since when somebody waits. */
export const factsOf = ({ variant, requestedAt }: SignOffPage): TemplateResult => {
  const fact = (name: Key, value: unknown): TemplateResult =>
    html`<div>
      <dt>${t(name)}</dt>
      <dd>${value === '' ? '–' : value}</dd>
    </div>`
  return html`<dl class="facts">
    ${fact('signoff.approval', variant.approval)} ${fact('signoff.type', variant.type)}
    ${fact('signoff.variant', variant.variant)} ${fact('signoff.version', variant.version)}
    ${fact('signoff.since', html`<gw-time .at=${requestedAt}></gw-time>`)}
  </dl>`
}

/** Where it stands when it is not simply open: decided, void, reminded of. */
export const standingOf = (shown: SignOffPage): TemplateResult | typeof nothing => {
  const { decision, decidedBy, decidedAt, voided, escalatedAt, remindedAt } = shown
  if (decision === 'void')
    return html`<p class="note" role="status">
      ${t('signoff.voided')} ${voided?.reason ? html`<span lang="en">${voided.reason}</span>` : nothing}
    </p>`
  if (decision !== null)
    return html`<p class="note" role="status">
      ${t(`signoff.was.${decision}`, { who: decidedBy ?? '–' })}
      ${decidedAt === null ? nothing : html`<gw-time .at=${decidedAt}></gw-time>`}
    </p>`
  if (escalatedAt !== null)
    return html`<p class="note person">${t('signoffs.escalated')} <gw-time .at=${escalatedAt}></gw-time></p>`
  if (remindedAt !== null)
    return html`<p class="note">${t('signoffs.reminded')} <gw-time .at=${remindedAt}></gw-time></p>`
  return nothing
}

const weighed: readonly [string, Key, string][] = [
  ['grossMass', 'weighing.grossMass', ' kg'],
  ['fuelLevel', 'weighing.fuelLevel', ' %'],
  ['driverMass', 'weighing.driverMass', ' kg'],
  ['optionalMass', 'weighing.optionalMass', ' kg'],
  ['ticket', 'weighing.ticket', ''],
  ['scale', 'weighing.scale', ''],
  ['calibratedUntil', 'weighing.calibratedUntil', ''],
  ['weighedOn', 'weighing.weighedOn', ''],
  ['recordedBy', 'weighing.recordedBy', ''],
]

/** The weighing that the drift was judged with. */
export const weighingOf = (weighing: SignOffPage['weighing']): TemplateResult | typeof nothing => {
  if (weighing === null) return nothing
  const known = weighed.filter(([name]) => (weighing[name] ?? '') !== '')
  return html`<dl class="facts">
    ${known.map(
      ([name, key, unit]) =>
        html`<div>
          <dt>${t(key)}</dt>
          <dd>${weighing[name]}${unit}</dd>
        </div>`,
    )}
  </dl>`
}

/** Who entered the data, and who decided what: the people of the four eyes. */
export const peopleOf = (shown: SignOffPage, { reasons }: SignOffSettings): TemplateResult => {
  const reasonOf = (code: string): string => reasons.find((r) => r.code === code)?.text ?? code
  return html`${
    shown.decisions.length === 0
      ? nothing
      : html`<section class="card" aria-labelledby="decisions">
          <h2 id="decisions">${t('signoff.decisions')}</h2>
          <ul class="people">
            ${shown.decisions.map(
              (d) =>
                html`<li>
                  <p><b>${t(`signoff.was.${d.decision}`, { who: d.by })}</b> <gw-time .at=${d.at}></gw-time></p>
                  ${d.onBehalfOf === null ? nothing : html`<p>${t('signoff.onBehalfOf', { me: d.by, name: d.onBehalfOf })}</p>`}
                  ${d.reason === null ? nothing : html`<p>${reasonOf(d.reason)}</p>`}
                  ${d.comment === '' ? nothing : html`<p class="quiet">${d.comment}</p>`}
                </li>`,
            )}
          </ul>
        </section>`
  }
  ${
    shown.contributors.length === 0
      ? nothing
      : html`<section class="card" aria-labelledby="contributors">
          <h2 id="contributors">${t('signoff.contributors')}</h2>
          <p class="quiet small">${t('signoff.fourEyes')}</p>
          <ul class="people">
            ${shown.contributors.map(
              (c) =>
                html`<li>
                  <b>${c.name}</b> <span lang="en">${c.what}</span> <gw-time class="quiet" .at=${c.at}></gw-time>
                </li>`,
            )}
          </ul>
        </section>`
  }`
}
