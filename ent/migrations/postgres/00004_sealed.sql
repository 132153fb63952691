-- +goose Up
-- What is sealed stays sealed, whoever writes to the database.
CREATE TRIGGER audit_leafs_immutable BEFORE UPDATE OR DELETE ON audit_leafs FOR EACH ROW EXECUTE FUNCTION rung_refuse_change();
CREATE TRIGGER audit_seals_immutable BEFORE UPDATE OR DELETE ON audit_seals FOR EACH ROW EXECUTE FUNCTION rung_refuse_change();
