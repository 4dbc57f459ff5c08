-- CreateTable
CREATE TABLE "assign_turn" (
    "team_id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "rule" TEXT NOT NULL,
    "person_id" UUID NOT NULL,

    CONSTRAINT "assign_turn_pkey" PRIMARY KEY ("team_id","rule")
);

-- AddForeignKey
ALTER TABLE "assign_turn" ADD CONSTRAINT "assign_turn_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assign_turn" ADD CONSTRAINT "assign_turn_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
