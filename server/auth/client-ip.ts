/** Returns the client's address as Express found it (by `TRUST_PROXY`); an IPv4 address inside IPv6 in its usual form. */
export function clientIp(req: { ip?: string | undefined }): string {
  const ip = req.ip ?? ''
  return ip.startsWith('::ffff:') ? ip.slice(7) : ip
}
