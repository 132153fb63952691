package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// child is a server in a process of its own, with its own memory and garbage.
type child struct {
	cmd     *exec.Cmd
	address string
	started time.Duration // until the first answer
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String(), nil
}

// start runs a server and waits until it answers at the path.
func start(ctx context.Context, address, path string, env []string, program string, args ...string) (*child, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	if strings.HasSuffix(program, "rung") {
		cmd.Stderr = nil // a line of log for each request
	}
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &child{cmd: cmd, address: address}
	for time.Since(begin) < 30*time.Second {
		res, err := http.Get("http://" + address + path)
		if err == nil {
			_ = res.Body.Close()
			p.started = time.Since(begin)
			return p, nil
		}
		time.Sleep(time.Millisecond)
	}
	p.stop()
	return nil, errors.New("the server does not answer: " + program)
}

func (p *child) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	_ = p.cmd.Wait()
}

// memory is the resident memory of the process in MB.
func (p *child) memory() int {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0 // not Linux
	}
	for line := range strings.SplitSeq(string(status), "\n") {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kB, _ := strconv.Atoi(strings.Fields(rest)[0])
			return kB >> 10
		}
	}
	return 0
}

// rungEnv are the settings of the server under measurement. What limits how often
// one source may ask is switched off: a few clients stand for a whole company.
func rungEnv(database, address string) []string {
	return []string{
		"RUNG_DATABASE_URL=" + database, "RUNG_ADDR=" + address, "RUNG_PUBLIC_URL=http://" + address,
		"RUNG_SIGN_IN_RATE=0", "RUNG_SEARCH_RATE=0",
		"RUNG_OIDC_ISSUER=http://127.0.0.1:9", "RUNG_OIDC_CLIENT_ID=bench", "RUNG_OIDC_CLIENT_SECRET=bench",
	}
}

// importFile runs the import of the command line. It returns how long it took and
// the most memory that it used, in MB.
func importFile(ctx context.Context, program, database, file string) (time.Duration, int, error) {
	cmd := exec.CommandContext(ctx, program, "people", "import", file)
	cmd.Env = append(os.Environ(), rungEnv(database, "127.0.0.1:0")...)
	begin := time.Now()
	out, err := cmd.CombinedOutput()
	if err != nil {
		return 0, 0, fmt.Errorf("%w: %.500s", err, out)
	}
	peak := 0
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		peak = int(usage.Maxrss >> 10)
	}
	return time.Since(begin), peak, nil
}
