-- CreateEnum
CREATE TYPE "delivery_status" AS ENUM ('pending', 'delivered', 'dead');

-- CreateTable
CREATE TABLE "deliveries" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "target_id" UUID NOT NULL,
    "stream_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "payload" JSON NOT NULL,
    "status" "delivery_status" NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_until" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "last_status" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "deliveries_organisation_id_target_id_created_at_id_idx" ON "deliveries"("organisation_id", "target_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_channel_target_id_stream_id_sequence_key" ON "deliveries"("channel", "target_id", "stream_id", "sequence");

-- What is still to be done, oldest first. Prisma does not know partial indexes.
CREATE INDEX "deliveries_pending_idx" ON "deliveries"("channel", "next_attempt_at", "id") WHERE "status" = 'pending';

-- What is done, to be deleted after its time.
CREATE INDEX "deliveries_done_idx" ON "deliveries"("created_at") WHERE "status" <> 'pending';
