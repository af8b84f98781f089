-- CreateTable
CREATE TABLE "templates" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "tags" TEXT[],
    "digest" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "deprecated_reason" TEXT,
    "deprecated_at" TIMESTAMPTZ(3),
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "templates_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "templates_organisation_id_created_at_id_idx" ON "templates"("organisation_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "templates_created_by_id_idx" ON "templates"("created_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "templates_organisation_id_name_version_key" ON "templates"("organisation_id", "name", "version");

-- AddForeignKey
ALTER TABLE "templates" ADD CONSTRAINT "templates_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "templates" ADD CONSTRAINT "templates_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
