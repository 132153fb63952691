-- +goose Up
-- What is sealed stays sealed, whoever writes to the database.
-- +goose StatementBegin
CREATE TRIGGER audit_leafs_no_update BEFORE UPDATE ON audit_leafs BEGIN
  SELECT RAISE(ABORT, 'audit_leafs never changes');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_leafs_no_delete BEFORE DELETE ON audit_leafs BEGIN
  SELECT RAISE(ABORT, 'audit_leafs never changes');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_seals_no_update BEFORE UPDATE ON audit_seals BEGIN
  SELECT RAISE(ABORT, 'audit_seals never changes');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_seals_no_delete BEFORE DELETE ON audit_seals BEGIN
  SELECT RAISE(ABORT, 'audit_seals never changes');
END;
-- +goose StatementEnd
