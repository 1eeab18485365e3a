import { createServer, type AddressInfo, type Socket } from 'node:net'

/** An FTP server of the old kind, which knows no TLS (RFC 959): it stands for one that nobody has turned TLS on at. */
export const startPlainFtp = async () => {
  const heard: string[] = []
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => socket.destroy())
    socket.write('220 ready\r\n')
    socket.on('data', (bytes) => {
      for (const line of bytes.toString().split('\r\n').filter(Boolean)) {
        heard.push(line)
        socket.write(line.startsWith('USER') ? '331 password?\r\n' : '502 not implemented\r\n')
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    close: async (): Promise<void> => {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
