-- CreateTable
CREATE TABLE "impersonations" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "admin_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by_id" UUID,

    CONSTRAINT "impersonations_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "impersonations_organisation_id_started_at_id_idx" ON "impersonations"("organisation_id", "started_at", "id");

-- CreateIndex
CREATE INDEX "impersonations_admin_id_idx" ON "impersonations"("admin_id");
