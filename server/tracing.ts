import type { Context, Span } from '@opentelemetry/api'
import type { Config } from './config.ts'
import type { PublishTrace, Tracer } from './hub/tracer.ts'

/** Traces on their way to a collector. */
export interface Tracing {
  /** Null when nobody wants traces. */
  readonly tracer: Tracer | null
  /** Sends what is left. */
  close(): Promise<void>
}

/**
 * Opens the way to the collector that `OTEL_EXPORTER_OTLP_ENDPOINT` names (OTLP over HTTP); its libraries are loaded
 * only then. Sampling and headers are set by OpenTelemetry's own variables.
 */
export async function openTracing({ otlpEndpoint, otelServiceName }: Config, version: string): Promise<Tracing> {
  if (otlpEndpoint === null) return { tracer: null, close: () => Promise.resolve() }
  const [api, { W3CTraceContextPropagator }, { OTLPTraceExporter }, { resourceFromAttributes }, sdk] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/core'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/sdk-trace-base'),
    ])
  const exporter = new OTLPTraceExporter({ url: `${otlpEndpoint.replace(/\/+$/, '')}/v1/traces` })
  const provider = new sdk.BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': otelServiceName, 'service.version': version }),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  })
  const spans = provider.getTracer('yayin', version)
  const propagator = new W3CTraceContextPropagator()
  const { trace, ROOT_CONTEXT, SpanKind, SpanStatusCode } = api

  function contextOf(traceparent: string | null): Context {
    if (traceparent === null) return ROOT_CONTEXT
    return propagator.extract(ROOT_CONTEXT, { traceparent }, api.defaultTextMapGetter)
  }

  function follow(publish: Span): PublishTrace {
    const inside = trace.setSpan(ROOT_CONTEXT, publish)
    const commit = spans.startSpan('commit', { kind: SpanKind.INTERNAL }, inside)
    let deliver: Span | null = null
    return {
      committed(id, recipients) {
        const attributes = { 'messaging.message.id': id, 'yayin.recipients': recipients }
        commit.setAttributes(attributes).end()
        publish.setAttributes(attributes).end()
      },
      failed(error) {
        const message = error instanceof Error ? error.message : String(error)
        for (const span of [commit, publish]) span.setStatus({ code: SpanStatusCode.ERROR, message }).end()
      },
      delivering() {
        deliver = spans.startSpan('deliver', { kind: SpanKind.INTERNAL }, inside)
      },
      delivered: () => deliver?.end(),
    }
  }

  return {
    tracer: {
      begin(channel, messages, traceparent) {
        const attributes = {
          'messaging.system': 'yayin',
          'messaging.operation.type': 'send',
          'messaging.destination.name': channel,
          'messaging.batch.message_count': messages,
        }
        const options = { kind: SpanKind.PRODUCER, attributes }
        const publish = spans.startSpan('publish', options, contextOf(traceparent))
        return publish.isRecording() ? follow(publish) : null
      },
    },
    close: () => provider.shutdown().catch(() => undefined),
  }
}
