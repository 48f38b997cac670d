import { expect, it } from 'vitest'
import { judgeSchema } from './inside/database.ts'
import { judgeDisk, judgeFileLimit } from './inside/machine.ts'
import { isPrivate } from './inside/turn.ts'
import { judgeOrigin } from './outside/origin.ts'
import { judgeCertificate } from './outside/security.ts'
import { linesFor, proxyOf } from './proxies.ts'

const DAY_MS = 86_400_000
const NOW = Date.UTC(2026, 10, 20)
const certificate = (days: number, fault: string | null = null) =>
  judgeCertificate({ protocol: 'h2', fault, validTo: NOW + days * DAY_MS }, NOW)

it('judges a certificate by its end, and by what browsers say', () => {
  expect(certificate(60)).toMatchObject({ outcome: 'ok', says: 'the certificate is good for 60 days' })
  expect(certificate(13)).toMatchObject({ outcome: 'warn' })
  expect(certificate(-2)).toMatchObject({ outcome: 'fail', says: 'the certificate ended 2 days ago' })
  expect(certificate(60, 'DEPTH_ZERO_SELF_SIGNED_CERT')).toMatchObject({ outcome: 'fail' })
})

it('judges the answers to another origin', () => {
  const from = 'https://app.example.org'
  expect(judgeOrigin(from, [from, '*'], 204).outcome).toBe('ok')
  expect(judgeOrigin(from, ['', ''], 204).change).toEqual([`CORS_ORIGINS=${from}`])
  expect(judgeOrigin(from, [`${from}, ${from}`, from], 204).says).toContain('twice')
  expect(judgeOrigin(from, [from, from], 405).says).toContain('OPTIONS is answered with 405')
})

it('judges how many migrations a database has', () => {
  expect(judgeSchema(8, 8).outcome).toBe('ok')
  expect(judgeSchema(7, 8).outcome).toBe('warn')
  expect(judgeSchema(9, 8)).toMatchObject({ outcome: 'fail', change: [expect.stringContaining('later one')] })
})

it('judges room and limits', () => {
  expect(judgeDisk('/data', 50_000)).toMatchObject({ outcome: 'ok', says: '48 GiB are free at /data' })
  expect(judgeDisk('/data', 500)).toMatchObject({ outcome: 'warn', says: '500 MiB are free at /data' })
  expect(judgeDisk('/data', 50).outcome).toBe('fail')
  expect(judgeFileLimit(Infinity, 10_000).outcome).toBe('ok')
  expect(judgeFileLimit(1024, 10_000)).toMatchObject({ outcome: 'warn', see: 'file-limit' })
})

it('knows private addresses, and takes names for public ones', () => {
  const own = [
    '10.0.0.1',
    '127.0.0.1',
    '172.16.0.1',
    '172.31.9.9',
    '192.168.1.1',
    '100.64.0.1',
    '::1',
    'fd00::1',
    'localhost',
  ]
  expect(own.filter((address) => !isPrivate(address))).toEqual([])
  const others = ['8.8.8.8', '172.32.0.1', '100.128.0.1', '2001:db8::1', 'turn.example.org', 'fda.example.org']
  expect(others.filter((address) => isPrivate(address))).toEqual([])
})

it('gives the lines of the proxy that is there, and of each when none is known', () => {
  const lines = { nginx: 'a;', Caddy: 'b' }
  expect(proxyOf({ server: 'nginx/1.22.1' })).toBe('nginx')
  expect(proxyOf({ via: ['1.1 Caddy'] })).toBe('Caddy')
  expect(proxyOf({})).toBeNull()
  expect(linesFor('nginx', lines)).toEqual(['nginx: a;'])
  expect(linesFor(null, lines)).toEqual(['nginx: a;', 'Caddy: b'])
  expect(linesFor('HAProxy', lines)).toEqual(['nginx: a;', 'Caddy: b'])
})
