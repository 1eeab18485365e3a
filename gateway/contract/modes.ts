/**
 * How a flow is run. `test` submits to the access point's acceptance environment, `parallel` makes and checks everything
 * and submits nothing, `live` delivers. An eCoC keeps the mode it was born with.
 */
export const modes = ['test', 'parallel', 'live'] as const
export type Mode = (typeof modes)[number]

export const isMode = (text: string | undefined): text is Mode =>
  (modes as readonly (string | undefined)[]).includes(text)
