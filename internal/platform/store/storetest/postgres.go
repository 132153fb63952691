package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver of the administrative connection
)

// EnvPostgres names the variable with the address of a server to test on.
const EnvPostgres = "RUNG_TEST_POSTGRES"

// ErrNoPostgres means that no server was given and none is installed.
var ErrNoPostgres = errors.New("PostgreSQL was not tested: set " + EnvPostgres + ", or install it (Debian: postgresql)")

// StartPostgres starts a private server in a temporary folder and returns its
// address and a function to stop it. The server does not outlive stop, listens
// only on loopback and does not sync to disk, because it is for tests. Settings
// such as "fsync=on" override these.
func StartPostgres(settings ...string) (url string, stop func(), err error) {
	bin, err := postgresBin()
	if err != nil {
		return "", nil, err
	}
	dir, err := os.MkdirTemp("", "rung-postgres-")
	if err != nil {
		return "", nil, err
	}
	port, err := freePort()
	if err != nil {
		return "", nil, err
	}
	s := server{bin: bin, dir: dir, port: port, settings: settings}
	stop = func() {
		_ = s.run("pg_ctl", "-D", s.data(), "-m", "immediate", "-w", "stop")
		_ = os.RemoveAll(dir)
	}
	if err := s.start(); err != nil {
		stop()
		return "", nil, err
	}
	return fmt.Sprintf("postgres://rung@127.0.0.1:%d/postgres?sslmode=disable", port), stop, nil
}

type server struct {
	bin, dir string
	port     int
	settings []string
	as       *syscall.Credential // the server refuses to run as root
}

func (s *server) data() string { return filepath.Join(s.dir, "data") }

func (s *server) start() error {
	if os.Geteuid() == 0 {
		if err := s.becomeSomebody(); err != nil {
			return err
		}
	}
	if err := s.run("initdb", "-D", s.data(), "-U", "rung", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"); err != nil {
		return err
	}
	options := fmt.Sprintf("-p %d -k %s -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=300", s.port, s.dir)
	var optionsSb76 strings.Builder
	for _, setting := range s.settings {
		optionsSb76.WriteString(" -c " + setting)
	}
	options += optionsSb76.String()
	return s.run("pg_ctl", "-D", s.data(), "-l", filepath.Join(s.dir, "log"), "-o", options, "-w", "start")
}

func (s *server) becomeSomebody() error {
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		s.as = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		return os.Chown(s.dir, uid, gid)
	}
	return errors.New("storetest: PostgreSQL cannot run as root and there is no user postgres or nobody")
}

func (s *server) run(name string, args ...string) error {
	cmd := exec.Command(filepath.Join(s.bin, name), args...)
	cmd.Dir = s.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.as}
	log, err := os.CreateTemp("", "rung-"+name)
	if err != nil {
		return err
	}
	defer func() { _ = log.Close(); _ = os.Remove(log.Name()) }()
	cmd.Stdout, cmd.Stderr = log, log // a file: the server keeps the handles, a pipe would never end
	if err := cmd.Run(); err != nil {
		text, _ := os.ReadFile(log.Name())
		return fmt.Errorf("storetest: %s: %w\n%s", name, err, text)
	}
	return nil
}

func postgresBin() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	found = append(found, "/usr/local/pgsql/bin", "/opt/homebrew/bin", "/usr/bin", "/usr/local/bin")
	i := slices.IndexFunc(found, func(dir string) bool {
		_, err := os.Stat(filepath.Join(dir, "initdb"))
		return err == nil
	})
	if i < 0 {
		return "", ErrNoPostgres
	}
	return found[i], nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// createDatabase makes a database on the server as a copy of template.
func createDatabase(admin, name, template string) error {
	db, err := sql.Open("pgx", admin)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	query := "CREATE DATABASE " + name
	if template != "" {
		query += " TEMPLATE " + template
	}
	_, err = db.ExecContext(context.Background(), query)
	return err
}

func dropDatabase(admin, name string) error {
	db, err := sql.Open("pgx", admin)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(context.Background(), "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
	return err
}

func randomName(prefix string) string {
	b := make([]byte, 8)
	_, _ = rand.Read(b)
	return prefix + "_" + hex.EncodeToString(b)
}
