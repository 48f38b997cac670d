import { afterAll, describe, it } from 'vitest'
import { chromiumPath } from '../support/browser.ts'
import { freePort } from '../support/free-port.ts'
import { startTurnServer, type TurnServer, turnServerPath } from '../support/turn-server.ts'
import { CALL_DEADLINE_MS } from './room-support.ts'
import { useStage } from './support.ts'

describe.skipIf(chromiumPath === null || turnServerPath === null)('the check of TURN servers', () => {
  let turn: TurnServer | undefined
  const stage = useStage({
    async env() {
      turn = await startTurnServer()
      const closed = `turns:127.0.0.1:${await freePort()}?transport=tcp`
      return { TURN_URLS: [turn.url, `${turn.url}?transport=tcp`, closed].join(','), TURN_SECRET: turn.secret }
    },
  })
  afterAll(() => turn?.stop())

  it('says which relays work from here, and over what', async () => {
    const page = await stage.openAs('/settings')
    await page.getByRole('button', { name: 'Check TURN' }).click()
    const result = (way: string) => page.getByRole('listitem').filter({ hasText: way })
    await result('TURN · UDP').getByText('Works: reached at').waitFor({ timeout: CALL_DEADLINE_MS })
    await result('TURN · TCP').getByText('Works: reached at').waitFor({ timeout: CALL_DEADLINE_MS })
    await result('TURN · TLS').getByText('Not reached').waitFor({ timeout: CALL_DEADLINE_MS })
    await page.getByText('Calls that find no direct way can be relayed.').waitFor({ timeout: CALL_DEADLINE_MS })
  })
})
