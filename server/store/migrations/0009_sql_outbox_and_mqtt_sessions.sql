CREATE TABLE "mqtt_sessions" (
	"client_id" text PRIMARY KEY NOT NULL,
	"holder" text,
	"held_until" timestamp (3) with time zone NOT NULL,
	"subscriptions" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sql_outbox" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sql_outbox_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel" text NOT NULL,
	"type" text NOT NULL,
	"rest" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "log_state" ADD COLUMN "engine" text;