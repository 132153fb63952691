package login

import (
	"context"
	"net/http"
	"time"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/session"
	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/trust/audit"
)

func (s *Service) replaceSession(ctx context.Context, tx *db.Client, r *http.Request, p *db.Person, who *claims, secret string) error {
	if old := s.cookie(r, "session"); old != "" {
		if _, err := tx.Session.Delete().Where(session.TokenHash(hash(old))).Exec(ctx); err != nil {
			return err
		}
	}
	now := s.Clock.Now()
	created, err := tx.Session.Create().
		SetTokenHash(hash(secret)).
		SetPersonID(p.ID).
		SetIssuer(who.issuer).
		SetSubject(who.subject).
		SetProviderSession(who.SessionID).
		SetIDToken(who.raw).
		SetUserAgent(cut(r.UserAgent(), 300)).
		SetAuthenticatedAt(now.Add(-who.age())).SetCreatedAt(now).SetSeenAt(now).SetExpiresAt(now.Add(s.cfg.SessionMax)).
		Save(ctx)
	if err != nil {
		return err
	}
	return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.SignedIn, Resource: "session", ID: created.ID, Owner: p.ID})
}

// found is the one row that a request's session needs.
type found struct {
	ID              uuid.UUID              `sql:"id"`
	PersonID        uuid.UUID              `sql:"person_id"`
	SeenAt          time.Time              `sql:"seen_at"`
	ExpiresAt       time.Time              `sql:"expires_at"`
	Name            string                 `sql:"name"`
	Status          string                 `sql:"status"`
	Roles           jsonOf[[]string]       `sql:"roles"`
	Scopes          jsonOf[[]schema.Scope] `sql:"scopes"`
	AuthenticatedAt time.Time              `sql:"authenticated_at"`
	ViewingAs       uuid.NullUUID          `sql:"viewing_as_id"`
}

// Authenticate returns the person who sends the request; a SignedOut fault
// when there is no session, it has ended, or the person may no longer sign in.
// It runs one query.
func (s *Service) Authenticate(r *http.Request) (actor.Person, error) {
	secret := s.cookie(r, "session")
	if secret == "" {
		return actor.Person{}, errSignedOut()
	}
	ctx := actor.AsSystem(r.Context(), "session look-up")
	var rows []found
	err := s.Store.Read().Session.Query().
		Where(session.TokenHash(hash(secret))).
		Modify(joinPerson).
		Scan(ctx, &rows)
	if err != nil {
		return actor.Person{}, err
	}
	now := s.Clock.Now()
	if len(rows) == 0 || rows[0].Status != string(person.StatusActive) ||
		!now.Before(rows[0].ExpiresAt) || now.Sub(rows[0].SeenAt) > s.cfg.SessionIdle {
		return actor.Person{}, errSignedOut()
	}
	if now.Sub(rows[0].SeenAt) > seenEvery {
		s.touch(ctx, rows[0].ID, now)
	}
	me, err := s.actorOf(ctx, rows[0])
	if err != nil || !rows[0].ViewingAs.Valid {
		return me, err
	}
	return s.lookingAs(ctx, me, rows[0].ViewingAs.UUID)
}

func (s *Service) actorOf(ctx context.Context, row found) (actor.Person, error) {
	scopes, err := s.roles.Expand(ctx, row.Scopes.v)
	return actor.Person{
		ID: row.PersonID, Name: row.Name, SessionID: row.ID, AuthenticatedAt: row.AuthenticatedAt,
		Roles: append([]string{"employee"}, row.Roles.v...), Scopes: scopes,
	}, err
}

func joinPerson(q *sql.Selector) {
	p := sql.Table(person.Table)
	q.Join(p).On(q.C(session.FieldPersonID), p.C(person.FieldID))
	q.Select(q.C(session.FieldID), q.C(session.FieldPersonID), q.C(session.FieldSeenAt), q.C(session.FieldExpiresAt),
		q.C(session.FieldAuthenticatedAt), q.C(session.FieldViewingAsID), p.C(person.FieldScopes),
		p.C(person.FieldName), p.C(person.FieldStatus), p.C(person.FieldRoles))
}

// touch notes that the session is in use; losing one note loses nothing, so it
// does not wait for a long import that holds SQLite's one writer.
func (s *Service) touch(ctx context.Context, id uuid.UUID, now time.Time) {
	ctx, cancel := context.WithTimeout(ctx, touchWithin)
	defer cancel()
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		return tx.Session.Update().Where(session.ID(id)).SetSeenAt(now).Exec(ctx)
	})
	if err != nil {
		s.log.WarnContext(ctx, "session not touched", "error", err)
	}
}

// logout ends the session here and answers with the address that ends it at
// the provider too.
func (s *Service) logout(c echo.Context) error {
	ctx, cancel := withTimeout(actor.AsSystem(c.Request().Context(), "sign-out"))
	defer cancel()
	idToken, err := s.end(ctx, s.cookie(c.Request(), "session"))
	if err != nil {
		return err
	}
	s.setCookie(c, "session", "", 0)
	location := s.cfg.PublicURL + "/auth/signed-out"
	if p, err := s.provider.get(ctx); err == nil && idToken != "" {
		location = p.signOutURL(idToken, s.cfg.OIDC.ClientID, location)
	}
	return c.JSON(http.StatusOK, map[string]string{"location": location})
}

func (s *Service) end(ctx context.Context, secret string) (idToken string, err error) {
	err = s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		row, err := tx.Session.Query().Where(session.TokenHash(hash(secret))).Only(ctx)
		if db.IsNotFound(err) {
			return nil
		}
		if err != nil {
			return err
		}
		idToken = row.IDToken
		if _, err := tx.Session.Delete().Where(session.ID(row.ID)).Exec(ctx); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.SignedOut, Resource: "session", ID: row.ID, Owner: row.PersonID})
	})
	return idToken, err
}

// backchannel ends sessions that the provider ended, without a browser.
func (s *Service) backchannel(c echo.Context) error {
	ctx, cancel := withTimeout(actor.AsSystem(c.Request().Context(), "back-channel sign-out"))
	defer cancel()
	c.Response().Header().Set("Cache-Control", "no-store")
	p, err := s.provider.get(ctx)
	if err != nil {
		return fault.New(fault.Unavailable, "The identity provider does not answer.").Because(err)
	}
	logout, err := p.verifier.VerifyLogout(ctx, c.FormValue("logout_token"))
	if err != nil {
		return fault.Bad("The logout token is not valid.").Because(err)
	}
	ended := session.And(session.Issuer(logout.Issuer), session.ProviderSession(logout.SessionID))
	if logout.SessionID == "" {
		ended = session.And(session.Issuer(logout.Issuer), session.Subject(logout.Subject))
	}
	err = s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		_, err := tx.Session.Delete().Where(ended).Exec(ctx)
		return err
	})
	if err != nil {
		return err
	}
	return c.NoContent(http.StatusOK)
}

func errSignedOut() error { return fault.New(fault.SignedOut, "You are signed out. Sign in to go on.") }

func cut(s string, n int) string {
	if len(s) > n {
		return s[:n]
	}
	return s
}
