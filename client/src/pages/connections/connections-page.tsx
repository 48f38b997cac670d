import { Cable } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { ConnectionInfo } from '../../../../shared/api.ts'
import { Blank } from '../../components/blank.tsx'
import { List } from '../../components/list.tsx'
import { PageBody } from '../../components/page-body.tsx'
import { usePageWords, useWords } from '../../lib/language.ts'
import { closePanel, openPanel, setParams, useParam } from '../../lib/router.ts'
import { readOrder } from '../../lib/sort-rows.ts'
import type { PickedRows } from '../../lib/use-data-table.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { useConnectionColumns } from './connection-columns.tsx'
import { comesFrom, follows, isOf, textOf } from './connection-filters.ts'
import { ConnectionPanel } from './connection-panel.tsx'
import { DisconnectDialog } from './disconnect-dialog.tsx'
import { useConnections } from './use-connections.ts'
import { connectionsWords } from './words.ts'

const OPEN = 'connection'
const FIRST_ORDER = '-connected'
const TRANSPORTS = ['sse', 'ws']

const keyOf = ({ id }: ConnectionInfo) => id

/** Who is connected: found, picked, watched and sent away. */
export function ConnectionsPage() {
  const { pages } = useWords()
  const words = usePageWords(connectionsWords)
  const isAdmin = useIsAdmin()
  const query = useConnections(readOrder(useParam('sort') ?? FIRST_ORDER).key)
  const opened = useParam(OPEN)
  const [picked, setPicked] = useState<PickedRows>({})
  const [leaving, setLeaving] = useState<readonly string[] | null>(null)
  const { filter, textFilters } = useFilters()
  const picking = isAdmin && {
    picked,
    onPick: setPicked,
    action: words.disconnectMany,
    onAct: (rows: readonly ConnectionInfo[]) => setLeaving(rows.map(keyOf)),
  }
  return (
    <PageBody lead={words.lead}>
      <List
        label={pages.connections}
        query={query}
        columns={useConnectionColumns()}
        rowKey={keyOf}
        textOf={textOf}
        filter={filter}
        textFilters={textFilters}
        firstOrder={FIRST_ORDER}
        picking={picking || undefined}
        onOpen={(row) => (opened === null ? openPanel(OPEN, row.id) : setParams({ [OPEN]: row.id }))}
        openKey={opened}
        empty={
          <Blank icon={<Cable aria-hidden className="size-5" />} title={words.emptyTitle} lead={words.emptyLead} />
        }
      />
      {opened !== null && <ConnectionPanel key={opened} id={opened} onClose={() => closePanel(OPEN)} />}
      {leaving && <DisconnectDialog ids={leaving} onClose={() => setLeaving(null)} onDone={() => setPicked({})} />}
    </PageBody>
  )
}

function useFilters() {
  const words = usePageWords(connectionsWords)
  return useMemo(
    () => ({
      filter: {
        param: 'transport',
        label: words.columns.transport,
        choices: TRANSPORTS.map((value) => ({
          value,
          label: value,
          fits: (row: ConnectionInfo) => row.transport === value,
        })),
      },
      textFilters: [
        { param: 'channel', label: words.filters.channel, example: 'orders/**', fits: follows },
        { param: 'user', label: words.filters.user, example: 'user-7', fits: isOf },
        { param: 'ip', label: words.filters.address, example: '10.0.', fits: comesFrom },
      ],
    }),
    [words],
  )
}
