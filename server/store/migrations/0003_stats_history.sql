CREATE TABLE "stats_history" (
	"node" text NOT NULL,
	"seconds" smallint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"connections" double precision NOT NULL,
	"published_per_second" double precision NOT NULL,
	"delivered_per_second" double precision NOT NULL,
	"latency_p50_ms" double precision,
	"latency_p99_ms" double precision,
	"lag_p50_ms" double precision NOT NULL,
	"lag_p99_ms" double precision NOT NULL,
	"rss_bytes" double precision NOT NULL,
	"heap_used_bytes" double precision NOT NULL,
	"cpu" double precision NOT NULL,
	"database_ms" double precision,
	CONSTRAINT "stats_history_node_seconds_at_pk" PRIMARY KEY("node","seconds","at")
);
--> statement-breakpoint
CREATE INDEX "stats_history_seconds_at" ON "stats_history" USING btree ("seconds","at");