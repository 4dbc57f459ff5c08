-- Written by hand: what schema.prisma cannot say.

-- History is never changed. Words and names are in other tables, so that erasing them needs no exception here.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: it is append-only', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END;
$$;

-- For each statement, so that one which matches no row is refused too.
CREATE TRIGGER request_event_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON "request_event"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The sweep looks, at least every 30 s, for the few rows that are due among the many that are done.
CREATE INDEX "request_due" ON "request" ("wake_at") WHERE "wake_at" IS NOT NULL;
CREATE INDEX "report_run_due" ON "report_run" ("due_at") WHERE "done_at" IS NULL;
