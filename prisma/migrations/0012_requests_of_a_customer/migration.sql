-- CreateIndex
CREATE INDEX "request_customer_id_customer_at_idx" ON "request"("customer_id", "customer_at");
