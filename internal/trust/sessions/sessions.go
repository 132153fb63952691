// Package sessions keeps who is signed in and where: attempts to sign in, links
// between accounts and people, sessions whose secret only the browser has, and
// viewing as somebody else.
package sessions

import (
	"context"
	"log/slog"
	"time"

	"entgo.io/ent/dialect/sql"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/session"
	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/usecase"
)

const (
	seenEvery   = time.Minute
	touchWithin = 300 * time.Millisecond
)

// Roles knows which roles people hold, and where.
type Roles interface {
	// Expand turns stored scopes into those of an actor.
	Expand(ctx context.Context, stored []schema.Scope) ([]actor.Scope, error)
	// SignedIn takes over what the groups of a sign-in give.
	SignedIn(ctx context.Context, tx *db.Client, p *db.Person, groups []string) error
}

// Limits say how long a session lasts.
type Limits struct {
	Idle time.Duration // since the last request
	Max  time.Duration // since sign-in
	// Privileged is the same for people who hold roles through the groups of their
	// sign-in: only another one shows that they still have them.
	Privileged time.Duration
}

// Service is the use cases around sessions.
type Service struct {
	usecase.Base
	roles  Roles
	limits Limits
	log    *slog.Logger
}

// New returns the use cases.
func New(b usecase.Base, roles Roles, l Limits, log *slog.Logger) *Service {
	return &Service{Base: b, roles: roles, limits: l, log: log}
}

// found is the one row that a request needs for its session.
type found struct {
	ID              uuid.UUID              `sql:"id"`
	PersonID        uuid.UUID              `sql:"person_id"`
	SeenAt          time.Time              `sql:"seen_at"`
	ExpiresAt       time.Time              `sql:"expires_at"`
	Name            string                 `sql:"name"`
	Status          string                 `sql:"status"`
	CreatedAt       time.Time              `sql:"created_at"`
	Roles           jsonOf[[]string]       `sql:"roles"`
	LoginRoles      jsonOf[[]string]       `sql:"login_roles"`
	Scopes          jsonOf[[]schema.Scope] `sql:"scopes"`
	AuthenticatedAt time.Time              `sql:"authenticated_at"`
	ViewingAs       uuid.NullUUID          `sql:"viewing_as_id"`
}

// Authenticate returns the person to whom the secret of a session belongs.
// Anybody may call it. It runs one query. It returns a SignedOut fault when there
// is no session, when it has ended, or when the person may no longer sign in.
func (s *Service) Authenticate(ctx context.Context, secret string) (actor.Person, error) {
	if secret == "" {
		return actor.Person{}, errSignedOut()
	}
	ctx = actor.AsSystem(ctx, "session look-up")
	var rows []found
	err := s.Store.Read().Session.Query().
		Where(session.TokenHash(hash(secret))).
		Modify(joinPerson).
		Scan(ctx, &rows)
	if err != nil {
		return actor.Person{}, err
	}
	now := s.Clock.Now()
	if len(rows) == 0 || rows[0].Status != string(person.StatusActive) || s.limits.over(rows[0], now) {
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

// over says whether a session has lasted as long as it may.
func (l Limits) over(f found, now time.Time) bool {
	return !now.Before(l.end(f.CreatedAt, f.ExpiresAt, f.LoginRoles.v)) || now.Sub(f.SeenAt) > l.Idle
}

// end is when a session ends in any case: sooner for people with roles of the
// provider.
func (l Limits) end(created, expires time.Time, loginRoles []string) time.Time {
	if privileged := created.Add(l.Privileged); len(loginRoles) > 0 && privileged.Before(expires) {
		return privileged
	}
	return expires
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
		q.C(session.FieldCreatedAt), p.C(person.FieldLoginRoles),
		q.C(session.FieldAuthenticatedAt), q.C(session.FieldViewingAsID), p.C(person.FieldScopes),
		p.C(person.FieldName), p.C(person.FieldStatus), p.C(person.FieldRoles))
}

// touch records that the session is in use. Losing one such write does no harm,
// so it does not wait for a long import that holds SQLite's only writer.
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

// SignOut ends the session of a secret and returns the identity token that ends
// the provider's session. Anybody may sign out; a session that is gone is not an
// error. It returns no fault of its own.
func (s *Service) SignOut(ctx context.Context, secret string) (idToken string, err error) {
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

// EndAtProvider ends the sessions that the provider reports as over: the one of
// the provider's session, or all of the account if it names none. Only the
// provider may call it, with a token that the caller has verified. It returns no
// fault of its own.
func (s *Service) EndAtProvider(ctx context.Context, issuer, subject, providerSession string) error {
	over := session.And(session.Issuer(issuer), session.ProviderSession(providerSession))
	if providerSession == "" {
		over = session.And(session.Issuer(issuer), session.Subject(subject))
	}
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		_, err := tx.Session.Delete().Where(over).Exec(ctx)
		return err
	})
}

func errSignedOut() error {
	return fault.New(fault.SignedOut, "You are signed out. Sign in to continue.")
}
