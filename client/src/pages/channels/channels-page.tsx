import { Hash } from 'lucide-react'
import { useMemo } from 'react'
import { namespaceOf } from '../../../../shared/channel.ts'
import { Blank } from '../../components/blank.tsx'
import { List } from '../../components/list.tsx'
import { PageBody } from '../../components/page-body.tsx'
import { usePageWords, useWords } from '../../lib/language.ts'
import { navigate, useParam } from '../../lib/router.ts'
import { readOrder } from '../../lib/sort-rows.ts'
import type { ChannelRow } from '../../lib/traffic-api.ts'
import { useChannelColumns } from './channel-columns.tsx'
import { ChannelView } from './channel-view.tsx'
import { useChannels } from './use-channels.ts'
import { channelsWords } from './words.ts'

const FIRST_ORDER = '-rate'

/** All channels, or the one that the address names. */
export function ChannelsPage() {
  const name = useParam('channel')
  return name === null ? <ChannelList /> : <ChannelView key={name} name={name} />
}

const keyOf = ({ name }: ChannelRow) => name

function ChannelList() {
  const { pages } = useWords()
  const words = usePageWords(channelsWords)
  const query = useChannels(readOrder(useParam('sort') ?? FIRST_ORDER).key)
  const filter = useMemo(
    () => ({
      param: 'kind',
      label: words.kind.label,
      choices: [
        { value: 'app', label: words.kind.app, fits: ({ name }: ChannelRow) => namespaceOf(name) === null },
        { value: 'server', label: words.kind.server, fits: ({ name }: ChannelRow) => namespaceOf(name) !== null },
      ],
    }),
    [words],
  )
  return (
    <PageBody lead={words.lead}>
      <List
        label={pages.channels}
        query={query}
        columns={useChannelColumns()}
        rowKey={keyOf}
        textOf={keyOf}
        filter={filter}
        firstOrder={FIRST_ORDER}
        onOpen={({ name }) => navigate(`/channels?channel=${encodeURIComponent(name)}`)}
        empty={<Blank icon={<Hash aria-hidden className="size-5" />} title={words.emptyTitle} lead={words.emptyLead} />}
      />
    </PageBody>
  )
}
