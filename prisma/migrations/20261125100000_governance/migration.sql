-- CreateEnum
CREATE TYPE "approval_status" AS ENUM ('pending', 'granted', 'refused', 'expired');

-- CreateEnum
CREATE TYPE "decision_kind" AS ENUM ('granted', 'refused');

-- AlterTable
ALTER TABLE "projects" ADD COLUMN     "policy_version" INTEGER;

-- AlterTable
ALTER TABLE "sync_events" ADD COLUMN     "line" INTEGER;

-- CreateTable
CREATE TABLE "policy_versions" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "author_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "policy_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approvals" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "rule_id" TEXT NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "action" TEXT NOT NULL,
    "item_key" TEXT,
    "change_digest" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "requested_by_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "roles" TEXT[],
    "count" INTEGER NOT NULL,
    "expires_hours" INTEGER NOT NULL,
    "status" "approval_status" NOT NULL DEFAULT 'pending',
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "approvals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_decisions" (
    "approval_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "decision" "decision_kind" NOT NULL,
    "role" TEXT NOT NULL,
    "comment" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "approval_decisions_pkey" PRIMARY KEY ("approval_id","user_id")
);

-- CreateIndex
CREATE INDEX "policy_versions_author_id_idx" ON "policy_versions"("author_id");

-- CreateIndex
CREATE UNIQUE INDEX "policy_versions_project_id_version_key" ON "policy_versions"("project_id", "version");

-- CreateIndex
CREATE INDEX "approvals_project_id_created_at_id_idx" ON "approvals"("project_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "approvals_project_id_change_digest_idx" ON "approvals"("project_id", "change_digest");

-- CreateIndex
CREATE INDEX "approvals_project_id_item_key_idx" ON "approvals"("project_id", "item_key");

-- CreateIndex
CREATE INDEX "approvals_status_expires_at_idx" ON "approvals"("status", "expires_at");

-- CreateIndex
CREATE INDEX "approvals_requested_by_id_idx" ON "approvals"("requested_by_id");

-- CreateIndex
CREATE INDEX "approval_decisions_user_id_idx" ON "approval_decisions"("user_id");

-- AddForeignKey
ALTER TABLE "policy_versions" ADD CONSTRAINT "policy_versions_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "policy_versions" ADD CONSTRAINT "policy_versions_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_requested_by_id_fkey" FOREIGN KEY ("requested_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_decisions" ADD CONSTRAINT "approval_decisions_approval_id_fkey" FOREIGN KEY ("approval_id") REFERENCES "approvals"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_decisions" ADD CONSTRAINT "approval_decisions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
