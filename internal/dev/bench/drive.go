package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rung-hr/rung/internal/dev/bench/company"
)

// target is a server under measurement, with the versions that its clients have
// seen of what they write.
type target struct {
	url      string
	client   *http.Client
	versions *sync.Map // request path -> version
	writes   *atomic.Int64
}

func newTarget(address string, versions *sync.Map, writes *atomic.Int64) target {
	transport := &http.Transport{MaxIdleConns: 2 * clients, MaxIdleConnsPerHost: 2 * clients}
	return target{"http://" + address, &http.Client{Transport: transport}, versions, writes}
}

// do sends a request and returns the body. Every write has a new text: writing
// the same bytes again would cost a database nothing.
func (t target) do(r request) ([]byte, error) {
	var body io.Reader = http.NoBody
	version := int64(0)
	if r.version >= 0 {
		seen, _ := t.versions.LoadOrStore(r.path, int64(r.version))
		version = seen.(int64)
		text := fmt.Sprintf(`{"rating":2,"reason":"What I wrote at the %d. time, with a sentence or two about how it went."}`, t.writes.Add(1))
		body = bytes.NewBufferString(text)
	}
	req, err := http.NewRequest(r.method, t.url+r.path, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Cookie", "rung_session="+company.Token(r.as))
	if r.version >= 0 {
		req.Header.Set("If-Match", fmt.Sprintf(`"%d"`, version))
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := t.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	content, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s %s: %s: %.300s", r.method, r.path, res.Status, content)
	}
	if err == nil && r.version >= 0 {
		t.versions.Store(r.path, version+1)
	}
	return content, err
}

// latency is the median of one client's requests during the given time.
func (t target) latency(q question, span time.Duration) (time.Duration, error) {
	var took []time.Duration
	for n, end := 0, time.Now().Add(span); time.Now().Before(end); n++ {
		start := time.Now()
		if _, err := t.do(q.ask(n)); err != nil {
			return 0, err
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	return took[len(took)/2], nil
}

// throughput is how many requests per second all clients together get answered.
func (t target) throughput(q question, span time.Duration) (float64, error) {
	var done atomic.Int64
	var failed atomic.Pointer[error]
	var group sync.WaitGroup
	start := time.Now()
	for c := range clients {
		group.Go(func() {
			for n := 0; time.Since(start) < span && failed.Load() == nil; n++ {
				at := c + n*clients // clients share no writes
				if q.ask(at).version >= 0 {
					at = c
				}
				if _, err := t.do(q.ask(at)); err != nil {
					failed.Store(&err)
				}
				done.Add(1)
			}
		})
	}
	group.Wait()
	if err := failed.Load(); err != nil {
		return 0, *err
	}
	return float64(done.Load()) / time.Since(start).Seconds(), nil
}

// shapes asks Rung each question in every variation.
func shapes(t target, w company.World, list []question) (map[string]json.RawMessage, error) {
	out := map[string]json.RawMessage{}
	for _, q := range list {
		for n := range 2 * variations {
			r := q.ask(n)
			key := w.People[r.as].ID.String() + " " + r.path
			if out[key] != nil {
				continue
			}
			body, err := t.do(r)
			if err != nil {
				return nil, err
			}
			out[key] = body
		}
	}
	return out, nil
}

// agree refuses to measure a floor whose answers differ from Rung's.
func agree(rung, floor target, list []question) error {
	for _, q := range list {
		for n := range variations {
			r := q.ask(n)
			if r.version >= 0 {
				continue // a write changes what it answers
			}
			want, err := rung.do(r)
			if err != nil {
				return err
			}
			got, err := floor.do(r)
			if err != nil {
				return err
			}
			if !bytes.Equal(want, got) {
				return fmt.Errorf("%s: the floor gives a different answer to %s:\n%.2000s\n%.2000s", q.name, r.path, want, got)
			}
		}
	}
	return nil
}
