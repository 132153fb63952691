-- +goose Up
-- Published things never change, whoever writes to the database.
-- +goose StatementBegin
CREATE TRIGGER ladder_versions_no_update BEFORE UPDATE ON ladder_versions BEGIN
  SELECT RAISE(ABORT, 'ladder_versions never changes');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ladder_versions_no_delete BEFORE DELETE ON ladder_versions BEGIN
  SELECT RAISE(ABORT, 'ladder_versions never changes');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER packets_no_update BEFORE UPDATE ON packets BEGIN
  SELECT RAISE(ABORT, 'packets never changes');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER packets_no_delete BEFORE DELETE ON packets BEGIN
  SELECT RAISE(ABORT, 'packets never changes');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER sealed_ballots_no_update BEFORE UPDATE ON sealed_ballots BEGIN
  SELECT RAISE(ABORT, 'sealed_ballots never changes');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER sealed_ballots_no_delete BEFORE DELETE ON sealed_ballots BEGIN
  SELECT RAISE(ABORT, 'sealed_ballots never changes');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions BEGIN
  SELECT RAISE(ABORT, 'decisions never changes');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions BEGIN
  SELECT RAISE(ABORT, 'decisions never changes');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events BEGIN
  SELECT RAISE(ABORT, 'audit_events never changes');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events BEGIN
  SELECT RAISE(ABORT, 'audit_events never changes');
END;
-- +goose StatementEnd
