-- CreateEnum
CREATE TYPE "attachment_kind" AS ENUM ('pull_request', 'file', 'test_result', 'link');

-- AlterTable
ALTER TABLE "comments" ADD COLUMN     "attachment_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "edited_by_id" UUID,
ADD COLUMN     "promoted_to_id" UUID,
ADD COLUMN     "reaction_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "revision_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "sequence" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "comment_revisions" (
    "comment_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "organisation_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "written_by_id" UUID NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "comment_revisions_pkey" PRIMARY KEY ("comment_id","number")
);

-- CreateTable
CREATE TABLE "comment_reactions" (
    "comment_id" UUID NOT NULL,
    "emoji" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "comment_reactions_pkey" PRIMARY KEY ("comment_id","emoji","user_id")
);

-- CreateTable
CREATE TABLE "comment_attachments" (
    "id" UUID NOT NULL,
    "comment_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "kind" "attachment_kind" NOT NULL,
    "url" TEXT NOT NULL,
    "title" TEXT,
    "added_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "comment_attachments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "comment_read_markers" (
    "user_id" UUID NOT NULL,
    "thread_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "comment_read_markers_pkey" PRIMARY KEY ("user_id","thread_id")
);

-- CreateIndex
CREATE INDEX "comment_attachments_comment_id_created_at_id_idx" ON "comment_attachments"("comment_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "comment_read_markers_thread_id_idx" ON "comment_read_markers"("thread_id");

-- CreateIndex
CREATE INDEX "comments_promoted_to_id_idx" ON "comments"("promoted_to_id");

-- AddForeignKey
ALTER TABLE "comment_revisions" ADD CONSTRAINT "comment_revisions_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment_reactions" ADD CONSTRAINT "comment_reactions_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment_attachments" ADD CONSTRAINT "comment_attachments_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment_read_markers" ADD CONSTRAINT "comment_read_markers_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "comments"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- Comments that are there already: the event that each was added with
UPDATE "comments" c SET "sequence" = e."sequence" FROM "runner_events" e
WHERE e."stream_id" = c."project_id" AND e."kind" = 'comment.added' AND e."data"->>'commentId' = 'cmt_' || replace(c."id"::text, '-', '');
