import { svg, html, type TemplateResult, type SVGTemplateResult } from 'lit'
import type { Tone } from '../common/states.ts'

const icon = (drawing: SVGTemplateResult): TemplateResult =>
  html`<svg
    class="icon"
    viewBox="0 0 16 16"
    width="14"
    height="14"
    fill="none"
    stroke="currentColor"
    stroke-width="1.8"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${drawing}
  </svg>`

/** One shape per tone, so that a state is told by its shape and word, never by colour alone. */
export const toneIcon = (tone: Tone): TemplateResult => {
  switch (tone) {
    case 'person':
      return icon(svg`<circle cx="8" cy="5" r="2.6"/><path d="M3 14c.4-3 2.3-4.4 5-4.400s4.6 1.4 5 4.4"/>`)
    case 'unknown':
      return icon(svg`<path d="M5.6 5.800a2.5 2.5 0 1 1 3.6 2.300c-.8.4-1.2.9-1.2 1.7"/><path d="M8 12.900v.1"/>`)
    case 'way':
      return icon(svg`<path d="M3 8h9M8.6 4.5 12.1 8l-3.5 3.5"/>`)
    case 'wait':
      return icon(svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 5v3.200l2 1.3"/>`)
    case 'good':
      return icon(svg`<path d="m3.5 8.5 3 3 6-7"/>`)
    case 'closed':
      return icon(svg`<path d="M4 8h8"/>`)
  }
}

export const icons = {
  search: icon(svg`<circle cx="7" cy="7" r="4.3"/><path d="m10.3 10.3 3.2 3.2"/>`),
  back: icon(svg`<path d="M13 8H4M7.5 4.5 4 8l3.5 3.5"/>`),
  download: icon(svg`<path d="M8 2.500v7.500M4.8 7 8 10.2 11.2 7M3 13.500h10"/>`),
  copy: icon(
    svg`<rect x="5.5" y="5.5" width="7.5" height="7.5" rx="1.5"/><path d="M10.5 3H4.500A1.5 1.5 0 0 0 3 4.500v6"/>`,
  ),
  up: icon(svg`<path d="M8 13V4M4.5 7.5 8 4l3.5 3.5"/>`),
  flask: icon(
    svg`<path d="M6.3 2.500h3.400M7 2.500v4L3.6 12a1 1 0 0 0 .9 1.500h7a1 1 0 0 0 .9-1.500L9 6.500v-4M5.3 10h5.4"/>`,
  ),
}

/** The mark of the product: a sheet with its lines, and the tick of the authority. */
export const mark = html`<svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
  <rect width="32" height="32" rx="7" fill="#0d5c55" />
  <path d="M7 10.500h18M7 21.500h9" stroke="#fff" stroke-opacity=".55" stroke-width="2" stroke-linecap="round" />
  <path d="M7 16h11" stroke="#fff" stroke-width="2" stroke-linecap="round" />
  <path
    d="m17.5 21 3 3 5.5-6.5"
    fill="none"
    stroke="#9fe3d2"
    stroke-width="2.6"
    stroke-linecap="round"
    stroke-linejoin="round"
  />
</svg>`
