import { Webhook as WebhookIcon } from 'lucide-react'
import type { Webhook } from '../../../../shared/webhooks.ts'
import { Blank } from '../../components/blank.tsx'
import { CreateButton } from '../../components/create-button.tsx'
import { List } from '../../components/list.tsx'
import { MainAction } from '../../components/main-action.tsx'
import { PageBody } from '../../components/page-body.tsx'
import { choiceFilter } from '../../lib/choice-filter.ts'
import { usePageWords, useWords } from '../../lib/language.ts'
import { openPanel, setParams, useParam } from '../../lib/router.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { CREATE, DELIVERY, WEBHOOK } from './panel-names.ts'
import { useWebhooks } from './use-webhooks.ts'
import { useWebhookColumns } from './webhook-columns.tsx'
import { WebhookPanels } from './webhook-panels.tsx'
import { WEBHOOK_STATES, webhookState } from './webhook-state.ts'
import { webhooksWords } from './words.ts'

/** The webhooks: who is told of what, and how that goes. */
export function WebhooksPage() {
  const { pages } = useWords()
  const words = usePageWords(webhooksWords)
  const isAdmin = useIsAdmin()
  const webhooks = useWebhooks()
  const opened = useParam(WEBHOOK)
  const states = { param: 'state', label: words.columns.state, values: WEBHOOK_STATES, names: words.states }
  function open({ id }: Webhook) {
    // From one to the next, the panel stays where it is.
    if (opened === null) openPanel(WEBHOOK, id)
    else setParams({ [WEBHOOK]: id, [DELIVERY]: null })
  }
  return (
    <PageBody lead={words.lead}>
      {isAdmin && (
        <MainAction>
          <CreateButton panel={CREATE} label={words.create} />
        </MainAction>
      )}
      <List
        label={pages.webhooks}
        query={webhooks}
        columns={useWebhookColumns()}
        rowKey={(webhook) => webhook.id}
        textOf={({ name, url, events, channels }) => [name, url, ...events, ...channels].join(' ')}
        filter={choiceFilter(states, webhookState)}
        firstOrder="name"
        onOpen={open}
        openKey={opened}
        empty={
          <Blank
            icon={<WebhookIcon aria-hidden className="size-5" />}
            title={words.emptyTitle}
            lead={isAdmin ? words.emptyLead : words.emptyLeadViewer}
          >
            {isAdmin && <CreateButton panel={CREATE} label={words.create} />}
          </Blank>
        }
      />
      <WebhookPanels webhooks={webhooks.data} />
    </PageBody>
  )
}
