ALTER TABLE "log_state" ADD COLUMN "archiver" text;--> statement-breakpoint
ALTER TABLE "log_state" ADD COLUMN "archiver_until" timestamp (3) with time zone;