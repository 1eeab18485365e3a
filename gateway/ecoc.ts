#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The entry of the `ecoc` command. Loads nothing native before it runs under the Node that everything is built for. */
const needed = 24

const bundledNode = (): string | undefined => {
  const [platform, binary] = process.platform === 'win32' ? ['win', 'node.exe'] : [process.platform, 'node']
  try {
    const file = createRequire(import.meta.url).resolve(`node-${platform}-${process.arch}/package.json`)
    return join(dirname(file), 'bin', binary)
  } catch {
    return undefined
  }
}

/** Hands over to the Node that came with the installation; the child ends with this process, however that ends. */
const handOver = (): void => {
  const node = bundledNode()
  if (!node) {
    process.stderr.write(`ecoc needs Node ${needed}; this is ${process.version}. Run npm ci, which brings it along.\n`)
    process.exitCode = 2
    return
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ECOC_PARENT: String(process.pid) },
  })
  // A terminal sends Ctrl-C to both; a supervisor only to this one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal ? 3 : 0)
    process.removeAllListeners()
  })
}

if (Number(process.versions.node.split('.')[0]) < needed) handOver()
else {
  // Started by the hand-over above: when the parent is gone, so are we, as if the signal had hit us.
  if (process.env['ECOC_PARENT'] && process.channel) {
    process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
    process.channel.unref()
  }
  const { main } = await import('./cli.ts')
  const code = await main(process.argv.slice(2))
  process.exit(code)
}
