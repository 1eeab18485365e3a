import { createServer } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'

/**
 * A small HTTP proxy that opens tunnels (CONNECT, RFC 9110, 9.3.6), as companies have one at their border. It stands for their
 * product; `refuse` lets it answer every request with a status, `drop` ends tunnels without a word.
 */
export const startConnectProxy = async () => {
  const tunnels: string[] = []
  const behaviour: { refuse?: number; drop?: boolean } = {}
  const open = new Set<Socket>()
  const server = createServer((_, answer) => answer.writeHead(405).end())
  server.on('connect', (request, client: Socket, head: Buffer) => {
    tunnels.push(request.url ?? '')
    client.on('error', () => client.destroy())
    open.add(client)
    if (behaviour.drop) return void client.destroy()
    if (behaviour.refuse !== undefined) return void client.end(`HTTP/1.1 ${behaviour.refuse} Refused\r\n\r\n`)
    const [host, port] = (request.url ?? '').split(':')
    const target = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      if (head.length > 0) target.write(head)
      target.pipe(client).pipe(target)
    })
    open.add(target)
    target.on('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'))
    client.on('close', () => target.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tunnels,
    behaviour,
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
