import { z } from 'zod'
import { modes } from '../../contract/index.ts'
import type { Operation, Paths } from '../env.ts'
import { jsonAnswer, jsonBody, pathParameter, problems, queryParameters, schemaOf } from '../openapi-parts.ts'
import { flowLine, flowList, flowView, matchRateView } from '../views/flow-view.ts'
import { earlierBody, languageQuery, modeBody, stepBody } from './flows.ts'

const text = z.string().nullable()
const modeView = flowLine.pick({ flow: true, mode: true })
const switched = z.strictObject({
  ...modeView.shape,
  from: z.enum(modes),
  heads: z.number().int().describe('eCoCs of the earlier process that are continued here now'),
  problems: z
    .array(z.strictObject({ vin: z.string(), reference: z.string(), finding: z.unknown() }))
    .describe('Accepted documents that are not continued, and why'),
  undelivered: z.number().int().describe('Vehicles of the parallel run that nobody is known to have delivered'),
  report: text.describe('SHA-256 of the match-rate report that goes with a cutover'),
})
const imported = z.strictObject({
  documents: z.array(
    z.strictObject({
      file: z.string(),
      ok: z.boolean(),
      vin: text,
      iviReferenceId: text,
      accepted: z.boolean(),
      ecocId: text.describe('The eCoC that it is here, once it is one'),
      findings: z.array(z.unknown()),
    }),
  ),
})

const flow = pathParameter('flow', 'The flow, named by its mapper')
const file = (operationId: string, summary: string, type: string, more: object[] = []): Operation => ({
  operationId,
  summary,
  tags: ['Flows'],
  'x-permission': 'read',
  parameters: [flow, ...more],
  responses: {
    200: { description: 'The report', content: { [type]: { schema: { type: 'string' } } } },
    ...problems(401, 403, 404),
  },
})

export const flowPaths: Paths = {
  '/api/v1/flows': {
    get: {
      operationId: 'listFlows',
      summary: 'The flows and how each is run',
      tags: ['Flows'],
      'x-permission': 'read',
      responses: { 200: jsonAnswer('The flows', schemaOf(flowList)), ...problems(401, 403) },
    },
  },
  '/api/v1/flows/{flow}': {
    get: {
      operationId: 'getFlow',
      summary: 'A flow with its way to going live at each access point',
      tags: ['Flows'],
      'x-permission': 'read',
      parameters: [flow],
      responses: { 200: jsonAnswer('The flow', schemaOf(flowView)), ...problems(401, 403, 404) },
    },
  },
  '/api/v1/flows/{flow}/mode': {
    get: {
      operationId: 'getMode',
      summary: 'How the flow is run',
      tags: ['Flows'],
      'x-permission': 'read',
      parameters: [flow],
      responses: { 200: jsonAnswer('The mode', schemaOf(modeView)), ...problems(401, 403, 404) },
    },
    post: {
      operationId: 'switchMode',
      summary: 'Switches how the flow is run from the next record on; to live it is the cutover',
      tags: ['Flows'],
      'x-permission': 'admin',
      parameters: [flow],
      requestBody: jsonBody(modeBody),
      responses: { 200: jsonAnswer('What was done', schemaOf(switched)), ...problems(400, 401, 403, 404, 413, 415) },
    },
  },
  '/api/v1/flows/{flow}/match-rate': {
    get: {
      operationId: 'getMatchRate',
      summary: 'How the parallel run agrees with the earlier process, by field and by day',
      tags: ['Flows'],
      'x-permission': 'read',
      parameters: [flow, ...queryParameters(languageQuery)],
      responses: { 200: jsonAnswer('The match rate', schemaOf(matchRateView)), ...problems(400, 401, 403, 404) },
    },
  },
  '/api/v1/flows/{flow}/match-rate.csv': {
    get: file('getMatchRateCsv', 'Every difference of the parallel run, for a spreadsheet', 'text/csv'),
  },
  '/api/v1/flows/{flow}/match-rate.html': {
    get: file('getMatchRateHtml', 'The match rate and every difference as a page', 'text/html'),
  },
  '/api/v1/flows/{flow}/reports/{sha256}': {
    get: file('getReport', 'A report that an event of the audit trail names', 'text/html', [
      pathParameter('sha256', 'Its hash'),
    ]),
  },
  '/api/v1/flows/{flow}/earlier': {
    post: {
      operationId: 'importEarlier',
      summary: 'Takes in what the process before this gateway delivered: documents and the answers they got',
      tags: ['Flows'],
      'x-permission': 'admin',
      parameters: [flow],
      requestBody: jsonBody(earlierBody),
      responses: {
        200: jsonAnswer('What became of each document', schemaOf(imported)),
        ...problems(400, 401, 403, 404, 413, 415),
      },
    },
  },
  '/api/v1/flows/{flow}/steps/{step}': {
    post: {
      operationId: 'noteStep',
      summary: 'Ticks a step to going live, or notes its owner, date or proof',
      tags: ['Flows'],
      'x-permission': 'operate',
      parameters: [flow, pathParameter('step', 'The step')],
      requestBody: jsonBody(stepBody),
      responses: {
        200: jsonAnswer('The flow as it stands afterwards', schemaOf(flowView)),
        ...problems(400, 401, 403, 404, 409, 413, 415),
      },
    },
  },
}
