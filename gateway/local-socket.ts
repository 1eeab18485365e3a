import { createHash } from 'node:crypto'
import { chmod, mkdir, rm } from 'node:fs/promises'
import { createServer, request, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A command as the command line was given it, and what it printed and returned. */
export interface LocalCall {
  readonly argv: readonly string[]
  readonly cwd: string
}
export interface LocalAnswer {
  readonly exit: number
  readonly out: readonly string[]
  readonly err: readonly string[]
}

const maxBytes = 1024 * 1024
/** Longest path of a socket (sockaddr_un), with some room. */
const maxPath = 100

/** The socket lies in the data folder, whose rights decide who may use it; a long path falls back to a private folder. */
const socketPath = (dataFolder: string): string => {
  const path = join(dataFolder, 'gateway.sock')
  if (path.length < maxPath) return path
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16)
  return join(tmpdir(), `ecoc-${process.getuid?.() ?? 0}`, `${name}.sock`)
}

/** Serves commands of the same machine's command line: a data folder has one writer, and that is the gateway. */
export const serveLocal = async (
  dataFolder: string,
  answer: (call: LocalCall) => Promise<LocalAnswer>,
): Promise<Server> => {
  const path = socketPath(dataFolder)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  // The folder's lock is ours: a socket that lies here is one that a crash left behind.
  await rm(path, { force: true })
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    let size = 0
    req.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > maxBytes) req.destroy()
      else chunks.push(chunk)
    })
    req.on('end', () => {
      const call = JSON.parse(Buffer.concat(chunks).toString()) as LocalCall
      answer(call).then(
        (result) => res.end(JSON.stringify(result)),
        (error: unknown) => res.writeHead(500).end(String(error)),
      )
    })
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve))
  await chmod(path, 0o600)
  return server
}

/** Lets the running gateway do a command. @returns undefined when none is running on this folder */
export const callLocal = (dataFolder: string, call: LocalCall): Promise<LocalAnswer | undefined> =>
  new Promise((resolve, reject) => {
    const req = request({ socketPath: socketPath(dataFolder), path: '/command', method: 'POST' }, (res) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('error', reject)
      res.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString()) as LocalAnswer))
    })
    req.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(undefined)
      else reject(error)
    })
    req.end(JSON.stringify(call))
  })
