// Package api is the HTTP interface of the use cases: operations with their
// requests, described by an OpenAPI document that comes from the same types. A
// use case returns a view made for its reader, which is served unchanged. There
// are no rules here.
package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

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
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/jobs"
	"github.com/rung-hr/rung/internal/platform/telemetry"
	"github.com/rung-hr/rung/internal/trust/audit/reading"
	"github.com/rung-hr/rung/internal/trust/explain"
	"github.com/rung-hr/rung/internal/trust/roles"
	"github.com/rung-hr/rung/internal/trust/sessions"
	"github.com/rung-hr/rung/internal/trust/tokens"
)

// Services are the use cases that the API offers.
type Services struct {
	Home         *home.Service
	People       *people.Service
	Ladders      *library.Service
	Evidence     *evidence.Service
	Technology   *technology.Service
	Assessments  *assessment.Service
	Cases        *promotion.Service
	Company      *company.Service
	Compensation *compensation.Service
	Imports      *imports.Service
	Importing    *importing.Service // what the command line uses
	Jobs         *jobs.Queue
	Sessions     *sessions.Service
	Tokens       *tokens.Service
	Roles        *roles.Service
	Explain      *explain.Service
	Trail        *reading.Service
	Record       *record.Service
}

// Version is the version of the API, not of the program.
const Version = "1.0.0"

func init() {
	huma.DefaultArrayNullable = false // lists are never null
	huma.NewErrorWithContext = func(ctx huma.Context, status int, message string, errs ...error) huma.StatusError {
		p := fromHuma(status, message, errs)
		if ctx != nil {
			p.RequestID = telemetry.RequestID(ctx.Context())
		}
		return p
	}
	huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
		return fromHuma(status, message, errs)
	}
}

// Mount adds every operation to the echo and returns the API, whose OpenAPI
// document describes them.
func Mount(e *echo.Echo, s Services) *API {
	cfg := huma.DefaultConfig("Rung", Version)
	cfg.OpenAPIPath, cfg.DocsPath, cfg.SchemasPath = "", "", ""
	cfg.CreateHooks = nil // no $schema links in answers
	cfg.OnAddOperation = append(cfg.OnAddOperation, declareLimits)
	cfg.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	cfg.Servers = []*huma.Server{{URL: "/api/v1"}}
	cfg.Info.Description = "The platform that a company runs itself to keep its engineering ladder honest."
	cfg.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: "__Host-rung_session"},
	}
	cfg.Security = []map[string][]string{{"session": {}}}
	a := humaecho.NewV4WithGroup(e, e.Group("/api/v1"), cfg)
	registerHome(a, s)
	registerPeople(a, s.People)
	registerPeopleFile(a, s.People)
	registerDesignations(a, s.People)
	registerHandovers(a, s.People)
	registerLadders(a, s.Ladders)
	registerDrafts(a, s.Ladders)
	registerEvidence(a, s.Evidence)
	registerTechnology(a, s.Technology)
	registerAssessments(a, s.Assessments)
	registerCases(a, s.Cases)
	registerBallots(a, s.Cases)
	registerStart(a, s.Cases)
	registerCompany(a, s.Company)
	registerCompensation(a, s.Compensation)
	registerImports(a, s.Imports, s.Compensation)
	registerJobs(a, s.Jobs)
	registerTokens(a, s.Tokens)
	registerSessions(a, s.Sessions)
	registerRoles(a, s.Roles)
	registerExplain(a, s.Explain)
	registerAudit(a, s.Trail)
	registerRecord(a, s.Record)
	e.GET("/api/openapi.json", func(c echo.Context) error {
		return c.JSONBlob(http.StatusOK, (&API{a}).Document())
	})
	return &API{a}
}

// BodyOf is what the route of an operation takes as its body.
type BodyOf struct {
	Method, Path string // the path as the router has it
	Limit        int64  // in bytes
	File         bool
}

// Bodies are the bodies of all operations that have one, as the document declares
// them.
func (a *API) Bodies() []BodyOf {
	var out []BodyOf
	for path, item := range a.OpenAPI().Paths {
		route := "/api/v1" + strings.NewReplacer("{", ":", "}", "").Replace(path)
		for _, op := range []*huma.Operation{item.Post, item.Put, item.Patch, item.Delete} {
			if op != nil && op.RequestBody != nil {
				_, isJSON := op.RequestBody.Content["application/json"]
				out = append(out, BodyOf{Method: op.Method, Path: route, Limit: op.MaxBodyBytes, File: !isJSON})
			}
		}
	}
	return out
}

// declareLimits writes the limits of bodies into the document.
func declareLimits(_ *huma.OpenAPI, op *huma.Operation) {
	if op.RequestBody == nil {
		return
	}
	op.Extensions["x-max-body-bytes"] = op.MaxBodyBytes
	op.Responses[strconv.Itoa(http.StatusRequestEntityTooLarge)] = op.Responses[strconv.Itoa(http.StatusUnprocessableEntity)]
}

// Describe returns the OpenAPI document without starting the program.
func Describe() []byte { return Mount(echo.New(), Services{}).Document() }

// API is every operation with its description.
type API struct{ huma.API }

// Document is the OpenAPI document, as committed in the front end.
func (a *API) Document() []byte {
	doc, err := a.OpenAPI().MarshalJSON()
	if err != nil {
		panic(err) // our own types cannot be described: a mistake in this package
	}
	return doc
}

// operation describes one operation; permission is "resource:action" of the
// policy, several of them where the request says which, "public", or "session"
// for what every signed-in person may do. A test holds it against the rights that
// are really asked.
func operation(id, method, path, permission, summary string) huma.Operation {
	return huma.Operation{
		OperationID: id, Method: method, Path: path, Summary: summary,
		Tags:       []string{strings.Split(strings.TrimPrefix(path, "/"), "/")[0]},
		Extensions: map[string]any{"x-permission": permission},
		Errors:     []int{http.StatusUnauthorized, http.StatusNotFound, http.StatusUnprocessableEntity},
		// The server in front waits for the body as long as something arrives.
		BodyReadTimeout: -1,
		MaxBodyBytes:    usualBody,
	}
}

// The largest bodies, in bytes.
const (
	usualBody  = 1 << 20
	ladderBody = 3*ladder.MaxFileBytes + usualBody // escaped in JSON, a text can take three times its bytes
	fileBody   = imports.MaxBytes
)

// takes is an operation with another limit than the usual one.
func takes(op huma.Operation, limit int64) huma.Operation {
	op.MaxBodyBytes = limit
	return op
}

// body wraps a view as huma's answer, with the version as entity tag if the view
// has one.
type body[T any] struct {
	ETag string `header:"ETag"`
	Body T
}

// page is the form of every list.
type page[T any] struct {
	Items      []T     `json:"items" doc:"never null"`
	NextCursor *string `json:"nextCursor" doc:"null on the last page"`
}

type versioned interface{ ETagVersion() int }

func register[I, T any](a huma.API, op huma.Operation, handle func(context.Context, *I) (T, error)) {
	huma.Register(a, op, func(ctx context.Context, in *I) (*body[T], error) {
		view, err := handle(ctx, in)
		if err != nil {
			return nil, toProblem(ctx, err)
		}
		out := &body[T]{Body: view}
		if v, ok := any(view).(versioned); ok {
			out.ETag = strconv.Quote(strconv.Itoa(v.ETagVersion()))
		}
		return out, nil
	})
}

// registerStep is register for a step of one thing, with optimistic locking.
func registerStep[T any](a huma.API, op huma.Operation, take func(ctx context.Context, id uuid.UUID, version int) (T, error)) {
	register(a, op, func(ctx context.Context, in *struct {
		ByID
		Precondition
	}) (out T, err error) {
		version, err := in.version()
		if err != nil {
			return out, err
		}
		return take(ctx, in.ID, version)
	})
}

// registerChange is registerStep for a step with a request body.
func registerChange[B, T any](a huma.API, op huma.Operation, change func(ctx context.Context, id uuid.UUID, version int, body B) (T, error)) {
	register(a, op, func(ctx context.Context, in *struct {
		ByID
		Precondition
		Body B
	}) (out T, err error) {
		version, err := in.version()
		if err != nil {
			return out, err
		}
		return change(ctx, in.ID, version, in.Body)
	})
}

type listBody[T any] struct{ Body page[T] }

func registerList[I, T any](a huma.API, op huma.Operation, handle func(context.Context, *I) ([]T, string, error)) {
	huma.Register(a, op, func(ctx context.Context, in *I) (*listBody[T], error) {
		items, next, err := handle(ctx, in)
		if err != nil {
			return nil, toProblem(ctx, err)
		}
		out := &listBody[T]{Body: page[T]{Items: items}}
		if out.Body.Items == nil {
			out.Body.Items = []T{}
		}
		if next != "" {
			out.Body.NextCursor = &next
		}
		return out, nil
	})
}

func registerEmpty[I any](a huma.API, op huma.Operation, handle func(context.Context, *I) error) {
	op.DefaultStatus = http.StatusNoContent
	huma.Register(a, op, func(ctx context.Context, in *I) (*struct{}, error) {
		return nil, toProblem(ctx, handle(ctx, in))
	})
}

// Precondition is the version that a writer has seen.
type Precondition struct {
	IfMatch string `header:"If-Match" doc:"The version that you read, in quotes: \"3\""`
}

func (m Precondition) version() (int, error) {
	if m.IfMatch == "" {
		return 0, fault.New(fault.Conflict, "Send the version that you read in If-Match.").WithCode("if_match_required")
	}
	v, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(m.IfMatch, "W/"), `"`))
	if err != nil {
		return 0, fault.Bad("If-Match is not a version.", fault.Detail{Field: "If-Match", Message: "want a quoted number such as \"3\""})
	}
	return v, nil
}
