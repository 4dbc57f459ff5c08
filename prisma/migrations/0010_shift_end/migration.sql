-- CreateTable
CREATE TABLE "shift_end" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "to_id" UUID NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "back_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shift_end_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "shift_end_person_id_ends_at_key" ON "shift_end"("person_id", "ends_at");

-- AddForeignKey
ALTER TABLE "shift_end" ADD CONSTRAINT "shift_end_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
