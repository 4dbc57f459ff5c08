-- CreateIndex
CREATE INDEX "bundle_workspace_id_at_idx" ON "bundle"("workspace_id", "at");
