/** A refusal or failure, as the gateway tells it (RFC 9457) or, where it told nothing, as we saw it. */
export interface ApiProblem {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly hint?: string
  readonly retryAfter?: number
}

/** What a fetcher throws: it carries a problem that can be shown. */
export class ApiError extends Error {
  readonly problem: ApiProblem
  constructor(problem: ApiProblem) {
    super(problem.detail)
    this.problem = problem
  }
}

/** The problem behind whatever was thrown. */
export const problemOf = (error: unknown): ApiProblem =>
  error instanceof ApiError
    ? error.problem
    : { status: 0, code: '', detail: error instanceof Error ? error.message : String(error) }

/** Told on `window` when a call finds that nobody is logged in any more. */
export const signedOut = 'gw-signed-out'

const failed = async (response: Response): Promise<never> => {
  let problem: ApiProblem = { status: response.status, code: '', detail: response.statusText }
  if (response.headers.get('content-type')?.startsWith('application/problem+json'))
    problem = (await response.json()) as ApiProblem
  throw new ApiError(problem)
}

const call = async (path: string, init: RequestInit): Promise<Response> => {
  let response: Response
  try {
    response = await fetch(path, { ...init, credentials: 'same-origin' })
  } catch {
    throw new ApiError({ status: 0, code: 'offline', detail: '' })
  }
  return response
}

/** Fetches JSON. A 401 is told to the whole page, unless it was only asked who is there. */
export const getJson = async <T>(path: string, options: { quiet?: boolean } = {}): Promise<T> => {
  const response = await call(path, { headers: { Accept: 'application/json' } })
  if (response.status === 401 && options.quiet !== true) window.dispatchEvent(new Event(signedOut))
  return response.ok ? ((await response.json()) as T) : failed(response)
}

export const postJson = async <T>(path: string, body: object): Promise<T> => {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' }
  const response = await call(path, { method: 'POST', headers, body: JSON.stringify(body) })
  return response.ok ? ((await response.json()) as T) : failed(response)
}

/** Sends bytes as they are. `judged`: a status whose answer is no problem+json but says what was found. */
export const postBytes = async <T>(
  path: string,
  body: Blob | string,
  headers: Readonly<Record<string, string>>,
  judged = 422,
): Promise<T> => {
  const response = await call(path, { method: 'POST', headers: { Accept: 'application/json', ...headers }, body })
  const isJudged =
    response.status === judged && response.headers.get('content-type')?.startsWith('application/json') === true
  return response.ok || isJudged ? ((await response.json()) as T) : failed(response)
}

export const remove = async (path: string): Promise<void> => {
  const response = await call(path, { method: 'DELETE' })
  if (!response.ok) await failed(response)
}
