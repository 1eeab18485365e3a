import { svg, html, type TemplateResult, type SVGTemplateResult } from 'lit'
import type { Tone } from '../common/states.ts'

const icon = (drawing: SVGTemplateResult): TemplateResult => html`<svg
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
      return icon(svg`<circle cx="8" cy="5" r="2.600"/><path d="M3 14c.4-3 2.300-4.400 5-4.400s4.600 1.400 5 4.400"/>`)
    case 'unknown':
      return icon(svg`<path d="M5.600 5.800a2.500 2.500 0 1 1 3.600 2.300c-.8.4-1.200.9-1.200 1.700"/><path d="M8 12.900v.1"/>`)
    case 'way':
      return icon(svg`<path d="M3 8h9M8.600 4.500 12.100 8l-3.500 3.500"/>`)
    case 'wait':
      return icon(svg`<circle cx="8" cy="8" r="5.500"/><path d="M8 5v3.200l2 1.300"/>`)
    case 'good':
      return icon(svg`<path d="m3.500 8.500 3 3 6-7"/>`)
    case 'closed':
      return icon(svg`<path d="M4 8h8"/>`)
  }
}

export const icons = {
  search: icon(svg`<circle cx="7" cy="7" r="4.300"/><path d="m10.300 10.300 3.200 3.200"/>`),
  back: icon(svg`<path d="M13 8H4M7.500 4.500 4 8l3.500 3.500"/>`),
  download: icon(svg`<path d="M8 2.500v7.500M4.800 7 8 10.200 11.200 7M3 13.500h10"/>`),
  copy: icon(svg`<rect x="5.500" y="5.500" width="7.500" height="7.500" rx="1.500"/><path d="M10.500 3H4.500A1.500 1.500 0 0 0 3 4.500v6"/>`),
  up: icon(svg`<path d="M8 13V4M4.500 7.500 8 4l3.500 3.500"/>`),
  flask: icon(svg`<path d="M6.300 2.500h3.400M7 2.500v4L3.600 12a1 1 0 0 0 .9 1.500h7a1 1 0 0 0 .9-1.500L9 6.500v-4M5.300 10h5.400"/>`),
}

/** The mark of the product: a sheet with its lines, and the tick of the authority. */
export const mark = html`<svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
  <rect width="32" height="32" rx="7" fill="#0d5c55" />
  <path d="M7 10.500h18M7 21.500h9" stroke="#fff" stroke-opacity=".55" stroke-width="2" stroke-linecap="round" />
  <path d="M7 16h11" stroke="#fff" stroke-width="2" stroke-linecap="round" />
  <path
    d="m17.500 21 3 3 5.500-6.500"
    fill="none"
    stroke="#9fe3d2"
    stroke-width="2.600"
    stroke-linecap="round"
    stroke-linejoin="round"
  />
</svg>`
