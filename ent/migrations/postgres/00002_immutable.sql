-- +goose Up
-- Published things never change, whoever writes to the database.
-- +goose StatementBegin
CREATE FUNCTION rung_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% never changes', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
-- +goose StatementEnd
CREATE TRIGGER ladder_versions_immutable BEFORE UPDATE OR DELETE ON ladder_versions FOR EACH ROW EXECUTE FUNCTION rung_refuse_change();
CREATE TRIGGER packets_immutable BEFORE UPDATE OR DELETE ON packets FOR EACH ROW EXECUTE FUNCTION rung_refuse_change();
CREATE TRIGGER sealed_ballots_immutable BEFORE UPDATE OR DELETE ON sealed_ballots FOR EACH ROW EXECUTE FUNCTION rung_refuse_change();
CREATE TRIGGER decisions_immutable BEFORE UPDATE OR DELETE ON decisions FOR EACH ROW EXECUTE FUNCTION rung_refuse_change();
CREATE TRIGGER audit_events_immutable BEFORE UPDATE OR DELETE ON audit_events FOR EACH ROW EXECUTE FUNCTION rung_refuse_change();
