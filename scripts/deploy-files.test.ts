import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { VARIABLES } from '../server/config-variables.ts'
import { readConfig } from '../server/config.ts'
import { SOURCES } from './sources.mjs'

const textOf = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const isThere = (path: string) => existsSync(new URL(`../${path}`, import.meta.url))
const known = Object.keys(VARIABLES)

/** Checks that the server takes an environment, whatever the secrets in it are. */
function expectTaken(env: Record<string, string>): void {
  expect(Object.keys(env).filter((name) => !known.includes(name))).toEqual([])
  expect(() => readConfig(env)).not.toThrow()
}

interface Service {
  image: string
  environment?: Record<string, string>
  volumes?: string[]
  depends_on?: string[] | Record<string, unknown>
}

describe('compose.yaml', () => {
  // What is in `.env`, and what stands in for it.
  const text = textOf('compose.yaml')
    .replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')
    .replaceAll(/\$\{\w+:\?[^}]*\}/g, 'given')
  const compose = parse(text, { merge: true }) as { services: Record<string, Service>; volumes: object }
  const services = Object.entries(compose.services)

  it('has two nodes, a proxy, and all that they need', () => {
    expect(Object.keys(compose.services).sort()).toEqual(
      ['coturn', 'mosquitto', 'node1', 'node2', 'postgres', 'proxy', 'redis'].sort(),
    )
  })

  it.each(['postgres', 'redis'])('starts nodes that the configuration takes, with BROKER=%s', (broker) => {
    for (const name of ['node1', 'node2']) expectTaken({ ...compose.services[name]!.environment, BROKER: broker })
  })

  it('names only services, volumes and files that there are', () => {
    for (const [, { volumes = [], depends_on = [] }] of services) {
      const needed = Array.isArray(depends_on) ? depends_on : Object.keys(depends_on)
      expect(needed.filter((name) => !(name in compose.services))).toEqual([])
      const sources = volumes.map((volume) => volume.split(':')[0]!)
      expect(sources.filter((from) => (from.startsWith('./') ? !isThere(from) : !(from in compose.volumes)))).toEqual(
        [],
      )
    }
  })

  it('gives the proxy the nodes by the variable that its file reads', () => {
    const [[variable, nodes] = []] = Object.entries(compose.services['proxy']!.environment!)
    expect(textOf('deploy/Caddyfile')).toContain(`{$${variable}:`)
    expect(nodes).toBe('node1:3000 node2:3000')
  })
})

interface Manifest {
  kind: string
  metadata: { name: string }
  stringData?: Record<string, string>
  spec: Record<string, unknown>
}

interface Container {
  env: { name: string; value: string }[]
  ports: { name: string; containerPort: number }[]
  readinessProbe: { httpGet: { path: string; port: string } }
  livenessProbe: { httpGet: { path: string; port: string } }
  lifecycle: { preStop: { exec: { command: string[] } } }
  volumeMounts: { name: string }[]
}

interface Pod {
  terminationGracePeriodSeconds: number
  containers: Container[]
  volumes: { name: string }[]
  securityContext: { runAsUser: number }
}

describe('deploy/kubernetes.yaml', () => {
  const documents = parseAllDocuments(textOf('deploy/kubernetes.yaml'))
  const manifests = documents.map((document) => document.toJS() as Manifest)
  const find = (kind: string) => manifests.find((manifest) => manifest.kind === kind)!
  const pod = (find('Deployment').spec['template'] as { spec: Pod }).spec
  const container = pod.containers[0]!
  const env = Object.fromEntries(container.env.map(({ name, value }) => [name, value]))

  it('holds all that a cluster needs, without a fault of form', () => {
    expect(documents.flatMap(({ errors }) => errors)).toEqual([])
    const kinds = ['Deployment', 'Ingress', 'PodDisruptionBudget', 'Secret', 'Service']
    expect(manifests.map(({ kind }) => kind).sort()).toEqual(kinds)
    expect(new Set(manifests.map(({ metadata }) => metadata.name))).toEqual(new Set(['yayin']))
  })

  it('starts nodes that the configuration takes', () => {
    expectTaken({ ...find('Secret').stringData, ...env })
  })

  it('asks at the addresses that the server has, on the port that it listens on', () => {
    expect(container.readinessProbe.httpGet).toEqual({ path: '/readyz', port: 'http' })
    expect(container.livenessProbe.httpGet).toEqual({ path: '/healthz', port: 'http' })
    expect(container.ports).toEqual([{ name: 'http', containerPort: Number(VARIABLES.PORT.default) }])
  })

  it('gives a node the time that its drain takes', () => {
    const before = Number(container.lifecycle.preStop.exec.command[1])
    const drain = Number(env['DRAIN_GRACE_SECONDS']) + Number(env['DRAIN_SECONDS']) + 6
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(before + drain)
  })

  it('mounts what there is, as the user of the image', () => {
    const volumes = pod.volumes.map(({ name }) => name)
    expect(container.volumeMounts.map(({ name }) => name)).toEqual(volumes)
    expect(textOf('Dockerfile')).toContain(`adduser -S -D -H -u ${pod.securityContext.runAsUser} `)
  })
})

describe('Dockerfile', () => {
  const lines = textOf('Dockerfile').split('\n')
  const allowed = textOf('.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => new RegExp(`^${line.slice(1).replaceAll('.', '\\.').replaceAll('*', '[^/]*')}(/|$)`))

  it('is given all that the build reads', () => {
    const read = [...SOURCES, 'package.json', '.npmrc', 'scripts/setup.mjs']
    expect(read.filter((path) => !allowed.some((rule) => rule.test(path)))).toEqual([])
    expect(read.filter((path) => !isThere(path))).toEqual([])
  })

  it('runs what the build makes, as nobody in particular, and says how it is', () => {
    const command = lines.find((line) => line.startsWith('CMD'))!
    const [, entry] = JSON.parse(command.slice('CMD '.length)) as string[]
    expect(isThere(entry!.replace('dist/', '').replace('.js', '.ts'))).toBe(true)
    expect(lines).toContain('USER yayin')
    expect(lines.some((line) => line.includes('/healthz'))).toBe(true)
    const variables = lines
      .find((line) => line.startsWith('ENV'))!
      .slice('ENV '.length)
      .split(' ')
    expectTaken(Object.fromEntries(variables.map((pair) => pair.split('=') as [string, string])))
  })
})

describe('deploy/yayin.service', () => {
  const text = textOf('deploy/yayin.service')
  const valuesOf = (key: string) => [...text.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map((match) => match[1]!)

  it('starts a node that the configuration takes, and gives it the time that a drain takes', () => {
    expectTaken(Object.fromEntries(valuesOf('Environment').map((pair) => pair.split('=') as [string, string])))
    expect(Number(valuesOf('TimeoutStopSec')[0])).toBeGreaterThan(10)
    expect(valuesOf('ExecStart')).toEqual(['/usr/bin/node dist/server/index.js'])
  })
})

describe('deploy/traefik.yml', () => {
  it('leads to nodes that are asked how they are', () => {
    const { http } = parse(textOf('deploy/traefik.yml')) as {
      http: {
        routers: { yayin: { service: string; middlewares: string[] } }
        middlewares: object
        services: { yayin: { loadBalancer: { healthCheck: { path: string }; servers: { url: string }[] } } }
      }
    }
    expect(Object.keys(http.services)).toContain(http.routers.yayin.service)
    expect(http.routers.yayin.middlewares.every((name) => name in http.middlewares)).toBe(true)
    expect(http.services.yayin.loadBalancer.healthCheck.path).toBe('/readyz')
    expect(http.services.yayin.loadBalancer.servers).toHaveLength(2)
  })
})
