-- CreateEnum
CREATE TYPE "run_source" AS ENUM ('local', 'ci');

-- CreateEnum
CREATE TYPE "check_outcome" AS ENUM ('passed', 'failed', 'errored', 'skipped');

-- CreateEnum
CREATE TYPE "check_kind" AS ENUM ('command', 'http', 'file', 'junit', 'coverage', 'manual');

-- CreateEnum
CREATE TYPE "preview_status" AS ENUM ('pending', 'building', 'ready', 'error', 'cancelled');

-- CreateTable
CREATE TABLE "qa_runs" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "source" "run_source" NOT NULL,
    "commit" TEXT,
    "branch" TEXT,
    "dirty" BOOLEAN NOT NULL,
    "url" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "passed" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "errored" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "sequence" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "qa_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evidence" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "item_key" TEXT NOT NULL,
    "criterion_key" TEXT NOT NULL,
    "criterion_digest" TEXT NOT NULL,
    "run_id" UUID,
    "actor_id" UUID NOT NULL,
    "outcome" "check_outcome" NOT NULL,
    "check_kind" "check_kind" NOT NULL,
    "commit" TEXT,
    "branch" TEXT,
    "dirty" BOOLEAN NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,
    "passed_attempts" INTEGER NOT NULL,
    "flaky" BOOLEAN NOT NULL,
    "contradicts_id" UUID,
    "message" TEXT,
    "output" TEXT,
    "url" TEXT,
    "sequence" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "qa_branches" (
    "project_id" UUID NOT NULL,
    "branch" TEXT NOT NULL,
    "organisation_id" UUID NOT NULL,
    "head" TEXT NOT NULL,

    CONSTRAINT "qa_branches_pkey" PRIMARY KEY ("project_id","branch")
);

-- CreateTable
CREATE TABLE "qa_commits" (
    "project_id" UUID NOT NULL,
    "branch" TEXT NOT NULL,
    "commit" TEXT NOT NULL,
    "organisation_id" UUID NOT NULL,
    "ancestors" TEXT[],
    "sequence" INTEGER NOT NULL,
    "left_sequence" INTEGER,

    CONSTRAINT "qa_commits_pkey" PRIMARY KEY ("project_id","branch","commit")
);

-- CreateTable
CREATE TABLE "previews" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "item_key" TEXT NOT NULL,
    "phase" TEXT,
    "url" TEXT NOT NULL,
    "provider" TEXT,
    "commit" TEXT,
    "branch" TEXT,
    "status" "preview_status" NOT NULL,
    "created_by_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "previews_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "qa_runs_actor_id_idx" ON "qa_runs"("actor_id");

-- CreateIndex
CREATE UNIQUE INDEX "qa_runs_project_id_sequence_key" ON "qa_runs"("project_id", "sequence");

-- CreateIndex
CREATE INDEX "evidence_item_id_criterion_key_sequence_idx" ON "evidence"("item_id", "criterion_key", "sequence" DESC);

-- CreateIndex
CREATE INDEX "evidence_project_id_sequence_id_idx" ON "evidence"("project_id", "sequence", "id");

-- CreateIndex
CREATE INDEX "evidence_project_id_created_at_idx" ON "evidence"("project_id", "created_at");

-- Of the flaky ones there are few: what asks for them reads no others.
CREATE INDEX "evidence_flaky_idx" ON "evidence"("item_id", "criterion_key") WHERE "flaky";

-- CreateIndex
CREATE INDEX "evidence_flaky_newest_idx" ON "evidence"("project_id", "sequence", "id") WHERE "flaky";

-- CreateIndex
CREATE INDEX "evidence_actor_id_idx" ON "evidence"("actor_id");

-- CreateIndex
CREATE UNIQUE INDEX "evidence_run_id_item_id_criterion_key_key" ON "evidence"("run_id", "item_id", "criterion_key");

-- CreateIndex
CREATE INDEX "previews_project_id_sequence_id_idx" ON "previews"("project_id", "sequence", "id");

-- CreateIndex
CREATE INDEX "previews_item_id_idx" ON "previews"("item_id");

-- CreateIndex
CREATE INDEX "previews_created_by_id_idx" ON "previews"("created_by_id");

-- AddForeignKey
ALTER TABLE "qa_runs" ADD CONSTRAINT "qa_runs_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "qa_runs" ADD CONSTRAINT "qa_runs_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "qa_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "qa_branches" ADD CONSTRAINT "qa_branches_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "qa_commits" ADD CONSTRAINT "qa_commits_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "previews" ADD CONSTRAINT "previews_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "previews" ADD CONSTRAINT "previews_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
