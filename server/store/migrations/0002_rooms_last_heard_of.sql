ALTER TABLE "video_participants" ADD COLUMN "seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "video_participants" ADD COLUMN "left_reason" text;--> statement-breakpoint
ALTER TABLE "video_rooms" ADD COLUMN "host_participant_id" text;--> statement-breakpoint
ALTER TABLE "video_rooms" ADD COLUMN "active_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
CREATE INDEX "video_participants_room" ON "video_participants" USING btree ("room_id");