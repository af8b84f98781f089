-- CreateEnum
CREATE TYPE "notification_priority" AS ENUM ('LOW', 'NORMAL', 'HIGH', 'URGENT');

-- CreateEnum
CREATE TYPE "email_frequency" AS ENUM ('IMMEDIATE', 'DIGEST_HOURLY', 'DIGEST_DAILY', 'OFF');

-- CreateEnum
CREATE TYPE "interest_level" AS ENUM ('WATCHING', 'MUTED');

-- CreateTable
CREATE TABLE "dispatch_cursors" (
    "stream_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "dispatch_cursors_pkey" PRIMARY KEY ("stream_id")
);

-- CreateTable
CREATE TABLE "notifications" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "stream_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "priority" "notification_priority" NOT NULL,
    "actor_id" UUID NOT NULL,
    "project_id" UUID,
    "item_key" TEXT,
    "thread_id" UUID,
    "comment_id" UUID,
    "key_name" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),
    "email" "email_frequency" NOT NULL DEFAULT 'OFF',
    "emailed_at" TIMESTAMPTZ(3),

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "interests" (
    "project_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "level" "interest_level" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "interests_pkey" PRIMARY KEY ("project_id","subject","user_id")
);

-- CreateTable
CREATE TABLE "notification_settings" (
    "organisation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "low" "email_frequency" NOT NULL,
    "normal" "email_frequency" NOT NULL,
    "high" "email_frequency" NOT NULL,
    "urgent" "email_frequency" NOT NULL,

    CONSTRAINT "notification_settings_pkey" PRIMARY KEY ("organisation_id","user_id")
);

-- CreateTable
CREATE TABLE "key_notices" (
    "key_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "key_notices_pkey" PRIMARY KEY ("key_id")
);

-- CreateIndex
CREATE INDEX "notifications_organisation_id_user_id_created_at_id_idx" ON "notifications"("organisation_id", "user_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "notifications_user_id_comment_id_idx" ON "notifications"("user_id", "comment_id");

-- CreateIndex
CREATE UNIQUE INDEX "notifications_user_id_stream_id_sequence_key" ON "notifications"("user_id", "stream_id", "sequence");

-- CreateIndex
CREATE INDEX "interests_organisation_id_user_id_idx" ON "interests"("organisation_id", "user_id");

-- CreateIndex
CREATE INDEX "interests_user_id_idx" ON "interests"("user_id");

-- CreateIndex
CREATE INDEX "notification_settings_user_id_idx" ON "notification_settings"("user_id");

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interests" ADD CONSTRAINT "interests_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interests" ADD CONSTRAINT "interests_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_settings" ADD CONSTRAINT "notification_settings_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_notices" ADD CONSTRAINT "key_notices_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_keys"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What waits for a digest. Prisma does not know partial indexes.
CREATE INDEX "notifications_digest_idx" ON "notifications"("email", "organisation_id", "user_id") WHERE "emailed_at" IS NULL AND "read_at" IS NULL AND "email" IN ('DIGEST_HOURLY', 'DIGEST_DAILY');
CREATE INDEX "notifications_unread_idx" ON "notifications"("organisation_id", "user_id") WHERE "read_at" IS NULL;

-- Nobody is told of what was before: what exists begins at its head, what is new at its beginning.
INSERT INTO "dispatch_cursors" ("stream_id", "organisation_id", "sequence") SELECT "id", "organisation_id", "sequence" FROM "event_streams";
