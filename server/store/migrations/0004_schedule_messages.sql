CREATE TABLE "scheduled_answers" (
	"key" text PRIMARY KEY NOT NULL,
	"answer" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scheduled_messages" (
	"id" text PRIMARY KEY NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "scheduled_messages_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel" text NOT NULL,
	"message" text NOT NULL,
	"sender" text,
	"scheduled_by" text NOT NULL,
	"deliver_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "scheduled_messages_seq_unique" UNIQUE("seq")
);
--> statement-breakpoint
CREATE INDEX "scheduled_answers_created_at" ON "scheduled_answers" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "scheduled_messages_due" ON "scheduled_messages" USING btree ("deliver_at","seq");--> statement-breakpoint
CREATE INDEX "scheduled_messages_by" ON "scheduled_messages" USING btree ("scheduled_by","deliver_at","seq");