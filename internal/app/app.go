// Package app puts the program together: configuration, store, permissions, use
// cases, HTTP and the schedule. Tests start the same program on port 0.
package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/rung-hr/rung/internal/domain/assessment"
	"github.com/rung-hr/rung/internal/domain/company"
	"github.com/rung-hr/rung/internal/domain/compensation"
	"github.com/rung-hr/rung/internal/domain/evidence"
	"github.com/rung-hr/rung/internal/domain/home"
	"github.com/rung-hr/rung/internal/domain/imports"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/domain/ladder/library"
	"github.com/rung-hr/rung/internal/domain/people"
	"github.com/rung-hr/rung/internal/domain/people/importing"
	"github.com/rung-hr/rung/internal/domain/promotion"
	"github.com/rung-hr/rung/internal/domain/record"
	"github.com/rung-hr/rung/internal/domain/technology"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/config"
	"github.com/rung-hr/rung/internal/platform/jobs"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/platform/telemetry"
	"github.com/rung-hr/rung/internal/transport/api"
	"github.com/rung-hr/rung/internal/transport/login"
	"github.com/rung-hr/rung/internal/transport/scim"
	"github.com/rung-hr/rung/internal/transport/server"
	"github.com/rung-hr/rung/internal/transport/web"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/audit/reading"
	"github.com/rung-hr/rung/internal/trust/explain"
	"github.com/rung-hr/rung/internal/trust/groups"
	"github.com/rung-hr/rung/internal/trust/roles"
	"github.com/rung-hr/rung/internal/trust/sessions"
	"github.com/rung-hr/rung/internal/trust/tokens"
	"github.com/rung-hr/rung/internal/trust/usecase"
	"github.com/rung-hr/rung/policies"
)

// Deps are what the program gets from outside.
type Deps struct {
	Clock   clock.Clock
	Log     *slog.Logger
	Dist    fs.FS             // the built front end
	Options []store.Option    // of the store; tests count statements with them
	Rights  []access.Observer // tests hold the rights that are asked against those declared
}

// App is the whole program before it listens.
type App struct {
	Config   config.Config
	Store    *store.Store
	Services api.Services
	Access   *access.Service
	Sealer   *audit.Sealer
	Server   *server.Server
	API      *api.API
	groups   *groups.Service
	jobs     *jobs.Schedule
	queue    *jobs.Queue
	log      *slog.Logger
	damage   atomic.Pointer[error]
}

// New opens the database, migrates it and connects everything. It errors for a
// wrong policy or a database that a newer Rung made.
func New(ctx context.Context, cfg config.Config, d Deps) (*App, error) {
	matrix, err := access.NewMatrix(policies.Model, policies.Policy)
	if err != nil {
		return nil, err
	}
	mapping, err := roles.ParseMapping(cfg.OIDC.Roles)
	if err != nil {
		return nil, err
	}
	s, err := store.Open(cfg.DatabaseURL, append([]store.Option{store.Wait(cfg.DatabaseWait)}, d.Options...)...)
	if err != nil {
		return nil, err
	}
	if err := s.Migrate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	a := &App{Config: cfg, Store: s, Access: access.New(matrix, d.Rights...), log: d.Log}
	err = a.wire(d, mapping)
	if err == nil {
		err = a.serve(d)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return a, nil
}

func (a *App) wire(d Deps, mapping roles.Mapping) error {
	trail := audit.New(d.Clock)
	base := usecase.Base{Store: a.Store, Access: a.Access, Trail: trail, Clock: d.Clock}
	ladders := library.New(base)
	pay := compensation.New(base, ladders)
	pay.NeedRecentSignIn(a.Config.StepUp)
	persons := people.New(base, payList{pay})
	logged := evidence.New(base)
	importer := importing.New(base, ladders, persons)
	profiles := technology.New(base)
	assessments := assessment.New(base, ladders)
	decided := company.New(base)
	cases := promotion.New(base, ladders, levels{persons, ladders}, rules{decided})
	persons.SeeCases(openCase(cases))
	sealer := audit.NewSealer(a.Store, trail, audit.KeyPlace{Dir: a.Config.AuditDir, Private: a.Config.AuditKey, Known: a.Config.AuditKnown})
	a.Sealer = sealer
	held := roles.New(base, mapping)
	kept := sessions.New(base, held, sessions.Limits{Idle: a.Config.SessionIdle, Max: a.Config.SessionMax, Privileged: a.Config.SessionPrivileged}, d.Log)
	a.Services = api.Services{
		Home: home.New(home.Parts{
			Base: base, Company: a.Config.Company,
			Rubrics: ladders, Assessments: homeAssessments{assessments}, Cases: homeCases{cases}, Evidence: logged, SignIns: kept,
		}),
		People: persons, Importing: importer, Ladders: ladders, Evidence: logged, Technology: profiles, Assessments: assessments, Cases: cases, Company: decided, Compensation: pay,
		Roles: held, Explain: explain.New(base, held),
		Trail:    reading.New(base, sealer),
		Tokens:   tokens.New(base, held),
		Sessions: kept,
	}
	var err error
	if a.queue, err = jobs.NewQueue(a.Store, jobRights(a.Access), d.Clock, d.Log, a.whoIs(held)); err != nil {
		return err
	}
	a.Services.Jobs = a.queue
	a.Services.Record = record.New(record.Parts{
		Base: base, Queue: a.queue, RetainDays: a.Config.RetainDays,
		Sources: record.Sources{
			Profile: view(persons.Get), Assessment: view(assessments.Get), Case: view(cases.Get),
			Technologies: technologiesOf(profiles), Evidence: everyPiece(logged), Pay: ownPay(pay),
		},
	})
	a.Services.Imports = imports.New(base, a.queue, importPeople(importer))
	a.groups = groups.New(base, held)
	a.jobs = jobs.New(d.Log, jobs.Job{Name: "promotion sweep", Every: jobs.Minute, Run: cases.Sweep},
		jobs.Job{Name: "org facts that take effect", Every: jobs.Minute, Run: persons.TakeEffect},
		jobs.Job{Name: "roles that end", Every: jobs.Minute, Run: held.Expire},
		jobs.Job{Name: "expired jobs and files", Every: jobs.Minute, Run: a.queue.Sweep},
		jobs.Job{Name: "leavers whose time is over", Every: jobs.Minute, Run: a.Services.Record.Forget},
		jobs.Job{Name: "audit seal", Every: jobs.Minute, Run: sealer.Seal})
	return nil
}

func (a *App) serve(d Deps) error {
	app, err := web.New(d.Dist, a.Config.Company)
	if err != nil {
		return fmt.Errorf("app: front end: %w", err)
	}
	signIn := login.New(a.Config, a.Services.Sessions, d.Log)
	a.Server = server.New(a.Config, signIn, a.healthy, writeProblem, d.Log)
	a.API = api.Mount(a.Server.Echo, a.Services)
	for _, b := range a.API.Bodies() {
		a.Server.Accept(b.Method, b.Path, server.Body{Limit: b.Limit, File: b.File})
	}
	signIn.Routes(a.Server.Echo)
	door, err := scim.New(a.Config.PublicURL, a.Services.People, a.groups, a.Services.Tokens, telemetry.Note)
	if err != nil {
		return fmt.Errorf("app: SCIM: %w", err)
	}
	door.Routes(a.Server.Echo)
	app.Routes(a.Server.Echo)
	return nil
}

// writeProblem answers identity providers in the words of SCIM.
func writeProblem(w http.ResponseWriter, r *http.Request, err error) {
	if strings.HasPrefix(r.URL.Path, "/scim/") {
		scim.WriteProblem(w, r, err)
		return
	}
	api.WriteProblem(w, r, err)
}

// healthy only reads, and not for long: whoever asks must learn in time that the
// database does not answer.
func (a *App) healthy(ctx context.Context) error {
	if damage := a.damage.Load(); damage != nil {
		return *damage
	}
	ctx, cancel := context.WithTimeout(ctx, healthyWithin)
	defer cancel()
	migrated, err := a.Store.Migrated(ctx)
	if err == nil && !migrated {
		err = errors.New("the database is not migrated")
	}
	return err
}

const healthyWithin = 2 * time.Second

// examine looks for damage in a database that was too large to examine before the
// start.
func (a *App) examine(ctx context.Context) {
	if err := a.Store.Examine(ctx); err != nil && ctx.Err() == nil {
		a.damage.Store(&err)
		a.log.ErrorContext(ctx, "the database cannot be trusted", "error", err)
	}
}

// Run serves on the listener until the context ends.
func (a *App) Run(ctx context.Context, l net.Listener) error {
	key, err := a.Sealer.Start()
	if err != nil {
		return err
	}
	a.log.InfoContext(ctx, "the audit trail is signed", "publicKey", key)
	stop := a.jobs.Start(ctx)
	defer stop()
	stopQueue, err := a.queue.Start(ctx)
	if err != nil {
		return err
	}
	defer stopQueue()
	if a.Store.ExaminesLater() {
		go a.examine(ctx)
	}
	defer a.sealTheRest(ctx)
	return a.Server.Serve(ctx, l)
}

// sealTheRest seals what the last requests recorded. If that fails, the next start
// does it.
func (a *App) sealTheRest(ctx context.Context) {
	if err := a.Sealer.Seal(actor.AsSystem(context.WithoutCancel(ctx), "audit seal at the end")); err != nil {
		a.log.WarnContext(ctx, "the last events are not sealed", "error", err)
	}
}

// Close ends the connections to the database.
func (a *App) Close() error { return a.Store.Close() }

// Bootstrap publishes the shipped ladder if there is none yet, so that a new
// installation has something to read.
func (a *App) Bootstrap(ctx context.Context) error {
	ctx = actor.AsSystem(ctx, "first start")
	list, err := a.Services.Ladders.List(ctx)
	if err != nil || len(list) > 0 {
		return err
	}
	name, content := ladder.ShippedFile()
	_, err = a.Services.Ladders.Publish(ctx, name, content, "2026-07-01")
	return err
}
