import { z } from 'zod'
import type { Operation, Paths } from '../env.ts'
import { jsonAnswer, jsonBody, pathParameter, problems, queryParameters, schemaOf } from '../openapi-parts.ts'
import {
  baseView,
  handoverView,
  issueView,
  missingView,
  refusedView,
  sheetItem,
  sheetView,
  takenView,
} from '../views/base-view.ts'
import { decisionBody, sheetBody, vinsBody } from './base-sheets.ts'
import { announceBody, handoverQuery, retryBody } from './bases.ts'

const list = (key: string, item: z.ZodType): object => schemaOf(z.strictObject({ [key]: z.array(item) }))
const vin = pathParameter('vin', 'The vehicle')
const id = pathParameter('id', 'The data sheet')
const binary = (...types: string[]): object => ({
  required: true,
  content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }])),
})
const file = (type: string, description: string): object => ({
  description,
  content: { [type]: { schema: { type: 'string' } } },
})

interface Described {
  readonly does: readonly [operationId: string, summary: string]
  readonly permission: Operation['x-permission']
  readonly answer: object
  readonly refuses: readonly number[]
  readonly parameters?: readonly object[]
  readonly body?: object
  readonly status?: number
}
const operation = (
  { does, permission, answer, refuses, parameters, body, status = 200 }: Described,
  tag: string,
): Operation => ({
  ...{ operationId: does[0], summary: does[1], tags: [tag], 'x-permission': permission },
  ...(parameters ? { parameters } : {}),
  ...(body ? { requestBody: body } : {}),
  responses: { [status]: answer, ...problems(401, 403, ...refuses) },
})
const base = (described: Described): Operation => operation(described, 'Base eCoCs')
const read = (
  does: Described['does'],
  answer: object,
  parameters: readonly object[] = [],
  refuses: readonly number[] = [],
): Operation => base({ does, permission: 'read', answer, refuses, ...(parameters.length > 0 ? { parameters } : {}) })
const taken = jsonAnswer('What became of it', schemaOf(takenView))
const sheet = jsonAnswer('The sheet as it stands afterwards', schemaOf(sheetView))
const entered = schemaOf(
  z.strictObject({ id: z.string().nullable(), findings: z.array(z.looseObject({ code: z.string() })) }),
)

export const basePaths: Paths = {
  '/api/v1/bases/missing': {
    get: read(
      ['missingBases', 'Vehicles without base eCoC, the longest waiting first'],
      jsonAnswer('The list', list('missing', missingView)),
    ),
  },
  '/api/v1/bases/issues': {
    get: read(
      ['baseIssues', 'Vehicles whose base eCoC was corrected later'],
      jsonAnswer('Open ones', list('issues', issueView)),
    ),
  },
  '/api/v1/bases/refused': {
    get: read(
      ['refusedBases', 'Files of makers that are no usable base eCoC'],
      jsonAnswer('The list', list('refused', refusedView)),
    ),
  },
  '/api/v1/bases/announce': {
    post: base({
      ...{
        does: ['announceVehicles', 'Announces vehicles as JSON or CSV: their base eCoCs are fetched ahead'],
        permission: 'operate',
      },
      ...{ body: jsonBody(announceBody), refuses: [400, 413, 415] },
      answer: jsonAnswer('How many', schemaOf(z.strictObject({ announced: z.number().int() }))),
    }),
  },
  '/api/v1/bases': {
    post: base({
      ...{ does: ['uploadBase', 'Brings a base eCoC'], permission: 'operate', body: binary('application/xml') },
      ...{ answer: taken, refuses: [413, 422] },
    }),
  },
  '/api/v1/bases/{vin}': {
    get: read(
      ['getBase', 'What is known of a vehicle’s base, and the budget that is left'],
      jsonAnswer('The base', schemaOf(baseView)),
      [vin],
      [404],
    ),
  },
  '/api/v1/bases/{vin}/ivi.xml': {
    get: read(
      ['getBaseDocument', 'The exact bytes of the base eCoC of the highest stage'],
      file('application/xml', 'The document'),
      [vin],
      [404],
    ),
  },
  '/api/v1/bases/{vin}/retrieve': {
    post: base({
      ...{
        does: ['retrieveBase', 'Asks every place for the base eCoC, now'],
        permission: 'operate',
        parameters: [vin],
      },
      ...{ answer: taken, refuses: [404] },
    }),
  },
  '/api/v1/bases/{vin}/close': {
    post: base({
      ...{
        does: ['closeAnnouncement', 'An announced vehicle that is not built here'],
        permission: 'operate',
        parameters: [vin],
      },
      ...{ answer: { description: 'Done' }, status: 204, refuses: [404] },
    }),
  },
  '/api/v1/handovers': {
    get: read(
      ['listHandovers', 'Accepted eCoCs that go to the maker of the next stage'],
      jsonAnswer('The newest', list('handovers', handoverView)),
      queryParameters(handoverQuery),
      [400],
    ),
  },
  '/api/v1/handovers/retry': {
    post: base({
      ...{ does: ['retryHandovers', 'Tries again what was parked: one, or all'], permission: 'operate' },
      ...{ body: jsonBody(retryBody.partial(), false), refuses: [400, 415] },
      answer: jsonAnswer('How many', schemaOf(z.strictObject({ retried: z.number().int() }))),
    }),
  },
  '/api/v1/base-sheets': {
    get: read(
      ['listBaseSheets', 'Base data sheets, the newest first'],
      jsonAnswer('The list', list('sheets', sheetItem)),
    ),
    post: base({
      ...{
        does: ['enterBaseSheet', 'Enters a data sheet'],
        permission: 'operate',
        body: jsonBody(sheetBody),
        status: 201,
      },
      ...{ answer: jsonAnswer('Entered', entered), refuses: [400, 413, 415, 422] },
    }),
  },
  '/api/v1/base-sheets/{id}': {
    get: read(
      ['getBaseSheet', 'A data sheet with its vehicles'],
      jsonAnswer('The sheet', schemaOf(sheetView)),
      [id],
      [404],
    ),
  },
  '/api/v1/base-sheets/{id}/vins': {
    post: base({
      ...{ does: ['addVinsToBaseSheet', 'Names further vehicles'], permission: 'operate', parameters: [id] },
      ...{ body: jsonBody(vinsBody), answer: sheet, refuses: [400, 404, 409, 413, 415, 422] },
    }),
  },
  '/api/v1/base-sheets/{id}/decide': {
    post: base({
      ...{
        does: ['decideBaseSheet', 'Another person confirms it, refuses it, or withdraws it'],
        permission: 'signOff',
      },
      ...{ parameters: [id], body: jsonBody(decisionBody), answer: sheet, refuses: [400, 404, 409, 413, 415] },
    }),
  },
  '/api/v1/base-sheets/{id}/scan': {
    get: read(['getBaseSheetScan', 'The paper it was typed from'], file('application/pdf', 'The scan'), [id], [404]),
    post: base({
      ...{
        does: ['attachBaseSheetScan', 'Attaches the paper: PDF, PNG or JPEG, 20 MB at most'],
        permission: 'operate',
      },
      ...{
        parameters: [id],
        body: binary('application/pdf', 'image/png', 'image/jpeg'),
        answer: sheet,
        refuses: [404, 409, 413, 422],
      },
    }),
  },
}
