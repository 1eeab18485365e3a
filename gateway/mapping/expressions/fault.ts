/** Why an expression has no value for one record. Caught where the expression is evaluated and turned into a finding. */
export class ExpressionFault extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'ExpressionFault'
    this.code = code
  }
}
