-- AlterTable
ALTER TABLE "absence" ADD COLUMN     "noticed_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "letter" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "request_id" UUID,
    "person_id" UUID NOT NULL,
    "body" JSONB NOT NULL,
    "any_hour" BOOLEAN NOT NULL,
    "held_until" TIMESTAMPTZ(3) NOT NULL,
    "gathered_at" TIMESTAMPTZ(3),
    "message_id" UUID,

    CONSTRAINT "letter_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "letter_gathered_at_held_until_idx" ON "letter"("gathered_at", "held_until");

-- CreateIndex
CREATE INDEX "letter_message_id_idx" ON "letter"("message_id");

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Absences that ended before anybody looked for their end are no news.
UPDATE "absence" SET "noticed_at" = "until_at" WHERE "until_at" <= now();
