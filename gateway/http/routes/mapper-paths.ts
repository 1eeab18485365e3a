import type { z } from 'zod'
import type { Operation, Paths } from '../env.ts'
import { jsonAnswer, jsonBody, pathParameter, problems, queryParameters, schemaOf } from '../openapi-parts.ts'
import { mapperDetail, mapperList, mapperPreview } from '../views/mapper-schema.ts'
import { approveBody, contractQuery, previewBody, proposeBody, rollBackBody } from './mappers.ts'

const tags = ['Mappers']
const parameters = [pathParameter('mapper', 'Its name')]

const change = (
  operationId: string,
  summary: string,
  permission: Operation['x-permission'],
  body: z.ZodType,
  required: boolean,
): Operation => ({
  operationId,
  summary,
  tags,
  'x-permission': permission,
  parameters,
  requestBody: jsonBody(body, required),
  responses: {
    200: jsonAnswer('The mapper as it stands afterwards', schemaOf(mapperDetail)),
    ...problems(400, 401, 403, 404, 409, 413, 415),
  },
})

export const mapperPaths: Paths = {
  '/api/v1/mappers': {
    get: {
      operationId: 'listMappers',
      summary: 'Every mapper: what runs, what lies in the folder, what was released last',
      tags,
      'x-permission': 'read',
      responses: { 200: jsonAnswer('By name', schemaOf(mapperList)), ...problems(401, 403) },
    },
  },
  '/api/v1/mappers/{mapper}': {
    get: {
      operationId: 'getMapper',
      summary: 'A mapper with its text, its releases and the change that is proposed',
      tags,
      'x-permission': 'read',
      parameters,
      responses: { 200: jsonAnswer('The mapper', schemaOf(mapperDetail)), ...problems(401, 403, 404) },
    },
  },
  '/api/v1/mappers/{mapper}/contract.html': {
    get: {
      operationId: 'mapperContract',
      summary: 'The data contract of what runs, as one HTML file',
      tags,
      'x-permission': 'read',
      parameters: [...parameters, ...queryParameters(contractQuery)],
      responses: {
        200: { description: 'The contract', content: { 'text/html': { schema: { type: 'string' } } } },
        ...problems(400, 401, 403, 404),
      },
    },
  },
  '/api/v1/mappers/{mapper}/preview': {
    post: {
      operationId: 'previewMapper',
      summary: 'Maps a record without keeping anything, and shows how every value came about',
      tags,
      'x-permission': 'read',
      parameters,
      requestBody: jsonBody(previewBody),
      responses: {
        200: jsonAnswer('Source, expression, value and findings of each element', schemaOf(mapperPreview)),
        ...problems(400, 401, 403, 404, 413, 415),
      },
    },
  },
  '/api/v1/mappers/{mapper}/propose': {
    post: change(
      'proposeMapper',
      'Proposes the mapper in the folder: tests it and keeps its text',
      'operate',
      proposeBody,
      false,
    ),
  },
  '/api/v1/mappers/{mapper}/approve': {
    post: change(
      'approveMapper',
      'Releases the change that is proposed; names the text that was shown',
      'signOff',
      approveBody,
      true,
    ),
  },
  '/api/v1/mappers/{mapper}/rollback': {
    post: change('rollBackMapper', 'Brings the text of an earlier release back', 'operate', rollBackBody, false),
  },
}
