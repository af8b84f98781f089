-- CreateTable
CREATE TABLE "status_changes" (
    "project_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "item_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "item_key" TEXT NOT NULL,
    "from_status" "item_status" NOT NULL,
    "to_status" "item_status",
    "actor_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed" JSON,

    CONSTRAINT "status_changes_pkey" PRIMARY KEY ("project_id","sequence","item_id")
);

-- Backfill from the event log: of each event what it made of a status in all, for microsteps that are still there. An event names keys
-- as they were; later renames are followed to the item that has the key today. A key that was given again later is told by when its
-- item came.
INSERT INTO "status_changes" ("project_id", "sequence", "item_id", "organisation_id", "item_key", "from_status", "to_status", "actor_id", "created_at")
WITH RECURSIVE "change" AS (
    SELECT e."stream_id" AS "project_id", e."sequence", c."place", c."change"
    FROM "runner_events" e CROSS JOIN json_array_elements(e."data"->'changes') WITH ORDINALITY AS c("change", "place")
    WHERE e."kind" = 'plan.changed'
), "renamed" AS (
    SELECT "project_id", "sequence", "place", "change"->>'id' AS "was", "change"->>'to' AS "now" FROM "change" WHERE "change"->>'op' = 'rename'
), "became" AS (
    SELECT DISTINCT ON ("project_id", "sequence", "key") "project_id", "sequence", "change"->>'id' AS "key", coalesce("change"->'set'->>'status', 'todo') AS "status", "place"
    FROM "change" WHERE "change"->>'op' = 'update' AND "change"->'set'->'status' IS NOT NULL
    ORDER BY "project_id", "sequence", "key", "place" DESC
), "was" AS (
    SELECT DISTINCT ON (e."stream_id", e."sequence", "key") e."stream_id" AS "project_id", e."sequence", c."change"->>'id' AS "key", coalesce(c."change"->'set'->>'status', 'todo') AS "status"
    FROM "runner_events" e CROSS JOIN json_array_elements(e."data"->'inverse') WITH ORDINALITY AS c("change", "place")
    WHERE e."kind" = 'plan.changed' AND c."change"->>'op' = 'update' AND c."change"->'set'->'status' IS NOT NULL
    ORDER BY e."stream_id", e."sequence", "key", c."place" DESC
), "followed" AS (
    SELECT "project_id", "sequence", "key", "key" AS "now", "sequence" AS "at", "place" FROM "became"
    UNION ALL
    SELECT f."project_id", f."sequence", f."key", r."now", r."sequence", r."place" FROM "followed" f CROSS JOIN LATERAL (
        SELECT * FROM "renamed" r WHERE r."project_id" = f."project_id" AND r."was" = f."now" AND (r."sequence", r."place") > (f."at", f."place")
        ORDER BY r."sequence", r."place" LIMIT 1
    ) r
), "today" AS (
    SELECT DISTINCT ON ("project_id", "sequence", "key") "project_id", "sequence", "key", "now" FROM "followed"
    ORDER BY "project_id", "sequence", "key", "at" DESC, "place" DESC
)
SELECT e."stream_id", e."sequence", i."id", e."organisation_id", "became"."key", "was"."status"::"item_status", "became"."status"::"item_status", e."actor_id", e."created_at"
FROM "became" JOIN "was" USING ("project_id", "sequence", "key") JOIN "today" USING ("project_id", "sequence", "key")
JOIN "runner_events" e ON e."stream_id" = "project_id" AND e."sequence" = "became"."sequence"
JOIN "plan_items" i ON i."project_id" = e."stream_id" AND i."key" = "today"."now" AND i."kind" = 'microstep' AND i."created_at" <= e."created_at"
WHERE "was"."status" <> "became"."status"
ON CONFLICT DO NOTHING;
