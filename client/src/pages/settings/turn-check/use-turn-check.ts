import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { request } from '../../../lib/api.ts'
import { type IceUrl, readIceUrl } from './ice-url.ts'
import { type IceOutcome, tryIceUrl } from './try-ice-url.ts'

interface GivenServer extends RTCIceServer {
  urls: string[]
}

/** One server's URL; its outcome is null while it is asked. */
export interface Checked {
  server: IceUrl
  outcome: IceOutcome | null
}

/** Asks the hub for its ICE servers, and each of them at once for a candidate. */
export function useTurnCheck() {
  const [checked, setChecked] = useState<readonly Checked[]>([])
  const check = useMutation({
    async mutationFn() {
      setChecked([])
      const { iceServers } = await request<{ iceServers: GivenServer[] }>('/api/video/ice-servers')
      const all = iceServers.flatMap((given) => given.urls.map((url) => ({ given, server: readIceUrl(url) })))
      setChecked(all.map(({ server }) => ({ server, outcome: null })))
      await Promise.all(
        all.map(async ({ given, server }, i) => {
          const outcome = await tryIceUrl(server, given)
          setChecked((now) => now.with(i, { server, outcome }))
        }),
      )
    },
  })
  return { check, checked }
}
