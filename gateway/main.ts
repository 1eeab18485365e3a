import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CertificateKeeper } from './certificates/certificate-keeper.ts'
import { CertificateWorker } from './certificates/certificate-worker.ts'
import { runLocalCommand } from './commands/run-local-command.ts'
import { type Kind, openData } from './data-folder.ts'
import { makeFirstPeople } from './first-people.ts'
import { createBases } from './flow/base/create-bases.ts'
import { createActions } from './flow/actions/create-actions.ts'
import { otherAccessPoints } from './flow/actions/route-ecoc.ts'
import { createRouteDesk } from './flow/ask-route.ts'
import { EvidenceWorker } from './flow/signing/evidence-worker.ts'
import { createAccessPointControl } from './flow/delivery/access-point-control.ts'
import { GatewayFlow } from './flow/gateway-flow.ts'
import { createSignOffDesk } from './flow/sign-off/sign-off-desk.ts'
import { SignOffWatch } from './flow/sign-off/sign-off-watch.ts'
import { clearOrphans } from './flow/intake/clear-orphans.ts'
import { createSources } from './flow/sources.ts'
import { createFlows } from './flow/modes/create-flows.ts'
import { createApp } from './http/create-app.ts'
import { listen } from './http/listen.ts'
import { serveLocal } from './local-socket.ts'
import { createMetrics } from './ops/metrics.ts'
import { pipeline } from './pipeline.ts'
import { keepSandboxAccessPoint, stopSandboxAccessPoint } from './sandbox/sandbox-access-point.ts'
import { sandboxInbox } from './sandbox/sandbox-config.ts'
import { seedSandbox } from './sandbox/seed-sandbox.ts'
import { createStatus } from './health/status.ts'
import type { Environment } from './support/environment.ts'
import { createWorkbench } from './workbench/create-workbench.ts'
import { packageRoot } from './support/package-root.ts'
import { keepHeapSmall } from './support/small-heap.ts'
import { version } from './support/version.ts'
import { tellProgress, welcome } from './welcome.ts'

const firstStage = pipeline[0]?.name ?? ''

/** The composition root: configuration → store → connectors → pipeline → HTTP → signals. Returns when it was stopped. */
export const runGateway = async (
  environment: Environment,
  kind: Kind,
  print: (line: string) => void,
): Promise<void> => {
  keepHeapSmall()
  const data = await openData(environment, kind, { startAccessPoint: kind === 'sandbox' })
  const { tools, connectors, control } = data
  const people = await makeFirstPeople(tools.store, kind === 'sandbox' ? ['admin', 'quality'] : ['admin'])
  const flow = new GatewayFlow(pipeline, connectors.codecs, tools)
  const stopping = new AbortController()
  const keeper = new CertificateKeeper(tools)
  const certificates = new CertificateWorker(keeper, tools.log)
  const evidence = new EvidenceWorker(tools)
  const signOffWatch = new SignOffWatch(tools)
  const uiFolder = join(packageRoot, 'dist', 'ui')
  const inbox = sandboxInbox(environment.data)
  const app = createApp({
    store: tools.store,
    clock: tools.clock,
    version,
    actions: createActions(tools, connectors.codecs, firstStage),
    bases: createBases(tools, firstStage),
    flows: createFlows(tools, firstStage),
    askRoute: createRouteDesk(tools),
    otherAccessPoints: (ecoc) => otherAccessPoints(ecoc, tools),
    accessPoints: createAccessPointControl(tools),
    workbench: createWorkbench(tools),
    signOffs: createSignOffDesk(tools, firstStage),
    sources: createSources(tools, connectors, firstStage, flow.intake),
    status: createStatus(flow.intake, tools, control === undefined ? undefined : { control, inbox }),
    metrics: createMetrics(tools, flow.intake),
    certificates: () => keeper.register(),
    uiFolder: existsSync(uiFolder) ? uiFolder : undefined,
    mappers: () => [...tools.mappers.values()],
    catalogueOf: (document) => tools.releases.catalogueFor(document),
    allowedHosts: tools.config.http.allowedHosts,
    log: tools.log,
    shutdown: stopping.signal,
  })
  await clearOrphans(tools)
  const server = await listen(app, { host: environment.host, port: environment.port })
  data.isRunning = true
  data.intake = flow.intake
  const local = await serveLocal(environment.data, (call) => runLocalCommand(call, environment, data))
  await flow.start()
  certificates.start()
  evidence.start()
  signOffWatch.start()
  const revive = control === undefined ? undefined : keepSandboxAccessPoint(environment.data)
  const unsubscribe = kind === 'sandbox' ? tellProgress(tools.store, print) : undefined
  if (control !== undefined) await seedSandbox(environment.data, control, tools.store)
  welcome({ environment, port: server.port, kind, inbox, people }, print)

  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  print('Stopping: what is under way ends, nothing new begins.')
  stopping.abort()
  unsubscribe?.()
  revive?.()
  local.close()
  await server.close()
  await flow.stop()
  await certificates.stop()
  await evidence.stop()
  await signOffWatch.stop()
  if (kind === 'sandbox') await stopSandboxAccessPoint(environment.data)
  await data.close()
}
