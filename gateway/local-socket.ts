import { createHash } from 'node:crypto'
import { chmod, lstat, mkdir, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { GatewayError } from './contract/index.ts'

/** A command as the command line was given it, and what it printed and returned. */
const localCall = z.object({ argv: z.array(z.string()).readonly(), cwd: z.string().min(1) })
const localAnswer = z.object({
  exit: z.int().min(0).max(255),
  out: z.array(z.string()).readonly(),
  err: z.array(z.string()).readonly(),
})
export type LocalCall = Readonly<z.infer<typeof localCall>>
export type LocalAnswer = Readonly<z.infer<typeof localAnswer>>

const maxBytes = 1024 * 1024
/** Longest path of a socket (sockaddr_un), with some room. */
const maxPath = 100
const ownUid = (): number => process.getuid?.() ?? 0

/** The socket lies in the data folder, whose rights decide who may use it; a long path falls back to a private folder. */
const socketPath = (dataFolder: string): { path: string; isShared: boolean } => {
  const path = join(dataFolder, 'gateway.sock')
  if (path.length < maxPath) return { path, isShared: false }
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16)
  return { path: join(tmpdir(), `ecoc-${ownUid()}`, `${name}.sock`), isShared: true }
}

/**
 * Anybody may make folders where temporary files lie: a folder there is used only when it is our own and private.
 * @throws GatewayError CLI-005 another's folder, no folder, or one that others may look into
 */
const checkPrivate = async (folder: string): Promise<void> => {
  const found = await lstat(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  })
  if (!found || (found.isDirectory() && found.uid === ownUid() && (found.mode & 0o077) === 0)) return
  throw new GatewayError({
    kind: 'security',
    code: 'CLI-005',
    message: `${folder} is not a private folder of this user: commands are not handed over there.`,
    hint: 'Find out who made it, remove it, or use a data folder with a shorter path (ECOC_DATA).',
  })
}

const readCall = (body: Buffer): LocalCall | undefined => {
  try {
    return localCall.safeParse(JSON.parse(body.toString())).data
  } catch {
    return undefined
  }
}

/** The whole message. @returns undefined when it is larger than a command can be */
const readBody = async (message: IncomingMessage, limit: number): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length
    // What is too much is read to its end all the same: an answer needs somebody who listens.
    if (size <= limit) chunks.push(chunk)
  }
  return size <= limit ? Buffer.concat(chunks) : undefined
}

/**
 * Serves commands of the same machine's command line: a data folder has one writer, and that is the gateway.
 * Whatever comes in, it answers: 400 what is no call, 413 too large, 500 with the reason when the command threw.
 * @throws GatewayError CLI-005 when the socket's folder is not ours alone
 */
export const serveLocal = async (
  dataFolder: string,
  answer: (call: LocalCall) => Promise<LocalAnswer>,
): Promise<Server> => {
  const { path, isShared } = socketPath(dataFolder)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  if (isShared) await checkPrivate(dirname(path))
  // The folder's lock is ours: a socket that lies here is one that a crash left behind.
  await rm(path, { force: true })
  const reply = async (req: IncomingMessage): Promise<[status: number, body: string]> => {
    const body = await readBody(req, maxBytes)
    if (!body) return [413, 'The call is too large.']
    const call = readCall(body)
    return call ? [200, JSON.stringify(await answer(call))] : [400, 'This is no call of a command.']
  }
  const server = createServer((req, res) => {
    reply(req)
      .catch((error: unknown): [number, string] => [500, String(error)])
      .then(([status, body]) => res.writeHead(status, { connection: 'close' }).end(body))
      .catch(() => res.destroy())
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve))
  await chmod(path, 0o600)
  return server
}

const unusable = (what: string, cause?: unknown): GatewayError =>
  new GatewayError({
    kind: 'operational',
    code: 'CLI-004',
    message: `The running gateway gave no usable answer: ${what}`,
    hint: 'It may have done the command. Look at its log and at what the command was to change, then try again.',
    cause,
  })

const readAnswer = (status: number, body: Buffer): LocalAnswer => {
  const text = body.toString()
  if (status !== 200) throw unusable(`${status} ${text.slice(0, 200)}`)
  try {
    return localAnswer.parse(JSON.parse(text))
  } catch (cause) {
    throw unusable('it is none of a command.', cause)
  }
}

const post = (socket: string, call: LocalCall): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const options = { socketPath: socket, path: '/command', method: 'POST' }
    request(options, resolve).on('error', reject).end(JSON.stringify(call))
  })

/**
 * Lets the running gateway do a command.
 * @returns undefined when none is running on this folder
 * @throws GatewayError CLI-004 when the answer cannot be used, CLI-005 when the socket's folder is not ours alone
 */
export const callLocal = async (dataFolder: string, call: LocalCall): Promise<LocalAnswer | undefined> => {
  const { path, isShared } = socketPath(dataFolder)
  if (isShared) await checkPrivate(dirname(path))
  try {
    const res = await post(path, call)
    return readAnswer(res.statusCode ?? 0, (await readBody(res, Number.POSITIVE_INFINITY)) ?? Buffer.alloc(0))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return undefined
    if (error instanceof GatewayError) throw error
    throw unusable((error as Error).message, error)
  }
}
