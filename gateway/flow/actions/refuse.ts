import { type EcocState, GatewayError } from '../../contract/index.ts'

/** An action that cannot be done: `status` is the HTTP status a caller gets. */
export const refuse = (
  status: 403 | 404 | 409 | 413 | 415 | 422 | 400,
  code: string,
  message: string,
  hint: string,
): GatewayError => new GatewayError({ kind: 'usage', code, message, hint, params: { status } })

export const notFound = (id: string): GatewayError =>
  refuse(404, 'ACT-404', `There is no eCoC ${id}.`, 'Look it up by its VIN.')

export const wrongState = (verb: string, state: EcocState): GatewayError =>
  refuse(409, 'ACT-409', `Not possible: ${verb}. This eCoC is ${state}.`, 'Look at where it stands now.')
