// Command bench measures Rung against a floor: a hand-written server that does
// the least that the same answers need. Both run on the same database at the same
// time, in alternating rounds, so the ratios hold on any machine.
//
//	go run ./internal/dev/bench [-people 1000,10000] [-db sqlite,postgres] [-seconds 1]
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing/fstest"
	"time"

	"github.com/rung-hr/rung/internal/app"
	"github.com/rung-hr/rung/internal/dev/bench/company"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/config"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
)

const rounds = 3

func main() {
	sizes := flag.String("people", "1000,10000", "sizes of the company")
	databases := flag.String("db", "sqlite,postgres", "databases to measure on")
	seconds := flag.Float64("seconds", 1, "length of each measurement")
	floorAt := flag.String("floor", "", "serve the floor at this address; used by the program itself")
	floorDB := flag.String("floor-db", "", "database of the floor")
	floorShapes := flag.String("floor-shapes", "", "answers of Rung")
	flag.Parse()
	if *floorAt != "" {
		log.Fatal(serveFloor(*floorAt, *floorDB, *floorShapes))
	}
	b := bench{span: time.Duration(*seconds * float64(time.Second))}
	if err := b.run(context.Background(), strings.Split(*databases, ","), strings.Split(*sizes, ",")); err != nil {
		log.Fatal(err)
	}
}

type bench struct {
	span    time.Duration
	dir     string
	program string // the real binary
}

func (b *bench) run(ctx context.Context, databases, sizes []string) (err error) {
	if b.dir, err = os.MkdirTemp("", "rung-bench-"); err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(b.dir) }()
	b.program = filepath.Join(b.dir, "rung")
	// With the flags of make build, so that what is built already is used again.
	build := exec.CommandContext(ctx, "go", "build", "-ldflags", "-s -w", "-o", b.program, "./cmd/rung")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return err
	}
	info, err := os.Stat(b.program)
	if err != nil {
		return err
	}
	fmt.Printf("binary %d MB; latency is the median of one client, throughput that of %d clients, both of %d alternating rounds of %s\n",
		info.Size()>>20, clients, rounds, b.span)
	for _, database := range databases {
		for _, text := range sizes {
			size, err := strconv.Atoi(text)
			if err != nil || size < 500 {
				return fmt.Errorf("-people: want 500 or more, have %q", text)
			}
			err = b.measure(ctx, database, size)
			if errors.Is(err, storetest.ErrNoPostgres) && os.Getenv("CI") == "" {
				fmt.Println(err)
				continue
			}
			if err != nil {
				return fmt.Errorf("%s, %d people: %w", database, size, err)
			}
		}
	}
	return nil
}

// database returns the address of an empty database and a function to remove it.
// PostgreSQL syncs to disk, as it would in production.
func (b *bench) database(kind string) (string, func(), error) {
	if kind == "sqlite" {
		dir, err := os.MkdirTemp(b.dir, "db-")
		return "sqlite:" + filepath.Join(dir, "rung.db"), func() { _ = os.RemoveAll(dir) }, err
	}
	return storetest.StartPostgres("fsync=on", "full_page_writes=on", "synchronous_commit=on")
}

func (b *bench) measure(ctx context.Context, kind string, size int) error {
	address, remove, err := b.database(kind)
	if err != nil {
		return err
	}
	defer remove()
	world, err := fill(ctx, address, size)
	if err != nil {
		return err
	}
	listen, err := freeAddress()
	if err != nil {
		return err
	}
	served, err := start(ctx, listen, "/readyz", append(rungEnv(address, listen), "RUNG_AUDIT_DIR="+b.dir+"/audit-"+kind+"-"+strconv.Itoa(size)), b.program, "serve")
	if err != nil {
		return err
	}
	defer served.stop()
	idle := served.memory()
	var versions sync.Map
	var writes atomic.Int64
	list, rung := questions(world), newTarget(listen, &versions, &writes)
	floor, stop, err := b.startFloor(ctx, rung, world, list, address)
	if err != nil {
		return err
	}
	defer stop()
	fmt.Printf("\n%s, %d people\n%-4s %-36s %10s %10s %6s %10s %10s %6s\n", kind, size, "", "", "floor ms", "Rung ms", "ratio", "floor /s", "Rung /s", "ratio")
	for _, q := range list {
		if err := b.compare(q, rung, floor); err != nil {
			return err
		}
	}
	fmt.Printf("start to first answer %s; memory %d MB idle, %d MB after the load\n", served.started.Round(time.Millisecond), idle, served.memory())
	return b.measureImport(ctx, kind, size)
}

func (b *bench) startFloor(ctx context.Context, rung target, w company.World, list []question, database string) (target, func(), error) {
	answers, err := shapes(rung, w, list)
	if err != nil {
		return target{}, nil, err
	}
	content, err := json.Marshal(answers)
	if err != nil {
		return target{}, nil, err
	}
	file := filepath.Join(b.dir, "shapes.json")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		return target{}, nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return target{}, nil, err
	}
	listen, err := freeAddress()
	if err != nil {
		return target{}, nil, err
	}
	p, err := start(ctx, listen, "/", nil, self, "-floor", listen, "-floor-db", database, "-floor-shapes", file)
	if err != nil {
		return target{}, nil, err
	}
	floor := newTarget(listen, rung.versions, rung.writes)
	if err := agree(rung, floor, list); err != nil {
		p.stop()
		return target{}, nil, err
	}
	return floor, p.stop, nil
}

// compare measures both in turn and prints the medians.
func (b *bench) compare(q question, rung, floor target) error {
	var latencies, rates [2][]float64
	for range rounds {
		for i, t := range []target{floor, rung} {
			took, err := t.latency(q, b.span)
			if err != nil {
				return err
			}
			rate, err := t.throughput(q, b.span)
			if err != nil {
				return err
			}
			latencies[i], rates[i] = append(latencies[i], float64(took.Microseconds())/1000), append(rates[i], rate)
		}
	}
	l0, l1, r0, r1 := median(latencies[0]), median(latencies[1]), median(rates[0]), median(rates[1])
	fmt.Printf("%-4s %-36s %10.2f %10.2f %6.2f %10.0f %10.0f %6.2f\n", q.name, q.what, l0, l1, l1/l0, r0, r1, r1/r0)
	return nil
}

func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}

func fill(ctx context.Context, address string, size int) (company.World, error) {
	cfg := config.Config{DatabaseURL: address, PublicURL: "http://127.0.0.1", SessionIdle: time.Hour, SessionMax: time.Hour, SessionPrivileged: time.Hour}
	a, err := app.New(ctx, cfg, app.Deps{Clock: clock.System{}, Log: slog.New(slog.DiscardHandler), Dist: page0})
	if err != nil {
		return company.World{}, err
	}
	defer func() { _ = a.Close() }()
	return company.Fill(ctx, a, size, sessions, clock.System{}.Now())
}

// page0 replaces the front end while the company is made.
var page0 = fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}}

// measureImport imports the same company from a file into a new database.
func (b *bench) measureImport(ctx context.Context, kind string, size int) error {
	address, remove, err := b.database(kind)
	if err != nil {
		return err
	}
	defer remove()
	file := filepath.Join(b.dir, "people.csv")
	if err := writePeople(file, company.Make(size)); err != nil {
		return err
	}
	took, peak, err := importFile(ctx, b.program, address, file)
	if err != nil {
		return err
	}
	fmt.Printf("R6   import of %d people: %.2f s with the start and the migrations, %.0f rows/s, at most %d MB\n",
		size, took.Seconds(), float64(size)/took.Seconds(), peak)
	return nil
}

func writePeople(path string, list []company.Person) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(file)
	_, _ = fmt.Fprintln(out, "employee_id,full_name,email,manager_id,unit,title,level,location,hire_date")
	for i, p := range list {
		manager := ""
		if p.Manager >= 0 {
			manager = strconv.Itoa(p.Manager)
		}
		_, _ = fmt.Fprintf(out, "%d,%s,%s,%s,Unit %d,Engineer,%s,%s,2022-01-01\n", i, p.Name, p.Email, manager, i%100, p.Level, p.Location)
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return file.Close()
}
