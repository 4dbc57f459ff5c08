-- Written by hand: what schema.prisma cannot say.

-- Whose company has asked the same before. Most requests have no company and cost this index nothing.
CREATE INDEX "request_of_company" ON "request" ("company_id", "customer_at") WHERE "company_id" IS NOT NULL;

-- No condition ever asks what these hold, and looking through their values was most of what ANALYZE cost.
ALTER TABLE "request" ALTER "terms" SET STATISTICS 0, ALTER "evidence" SET STATISTICS 0;
ALTER TABLE "request_event" ALTER "data" SET STATISTICS 0;
ALTER TABLE "message" ALTER "text" SET STATISTICS 0, ALTER "files" SET STATISTICS 0;
ALTER TABLE "heard" ALTER "text" SET STATISTICS 0, ALTER "mentions" SET STATISTICS 0, ALTER "decision" SET STATISTICS 0;
ALTER TABLE "post" ALTER "shown" SET STATISTICS 0;
