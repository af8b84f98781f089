-- CreateEnum
CREATE TYPE "sync_outcome" AS ENUM ('APPLIED', 'ALREADY_APPLIED', 'CONFLICT', 'REFUSED');

-- CreateEnum
CREATE TYPE "conflict_strategy" AS ENUM ('keep_local', 'take_remote', 'merge');

-- CreateTable
CREATE TABLE "sync_replicas" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "acknowledged" INTEGER NOT NULL,
    "pruned_to" INTEGER NOT NULL DEFAULT 0,
    "applied" INTEGER NOT NULL DEFAULT 0,
    "conflicts" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sync_replicas_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "sync_events" (
    "organisation_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "replica_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSON NOT NULL,
    "digest" TEXT NOT NULL,
    "base_sequence" INTEGER NOT NULL,
    "outcome" "sync_outcome" NOT NULL,
    "code" TEXT,
    "message" TEXT,
    "rule" TEXT,
    "path" TEXT[],
    "sequence" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sync_events_pkey" PRIMARY KEY ("project_id","replica_id","number")
);

-- CreateTable
CREATE TABLE "conflict_logs" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "replica_id" UUID,
    "numbers" INTEGER[],
    "user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "item_key" TEXT,
    "field" TEXT,
    "base" JSON,
    "local" JSON,
    "remote" JSON,
    "causes" JSON NOT NULL,
    "resolution_strategy" "conflict_strategy",
    "resolution" JSON,
    "auto_resolved" BOOLEAN NOT NULL DEFAULT false,
    "resolved_by_id" UUID,
    "resolved_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conflict_logs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sync_events_project_id_sequence_replica_id_number_idx" ON "sync_events"("project_id", "sequence", "replica_id", "number");

-- CreateIndex
CREATE INDEX "sync_events_created_at_idx" ON "sync_events"("created_at");

-- CreateIndex
CREATE INDEX "conflict_logs_project_id_created_at_id_idx" ON "conflict_logs"("project_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "conflict_logs_project_id_user_id_resolved_at_idx" ON "conflict_logs"("project_id", "user_id", "resolved_at");

-- AddForeignKey
ALTER TABLE "sync_replicas" ADD CONSTRAINT "sync_replicas_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_events" ADD CONSTRAINT "sync_events_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conflict_logs" ADD CONSTRAINT "conflict_logs_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conflict_logs" ADD CONSTRAINT "conflict_logs_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conflict_logs" ADD CONSTRAINT "conflict_logs_resolved_by_id_fkey" FOREIGN KEY ("resolved_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;
