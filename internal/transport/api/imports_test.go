package api_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/domain/compensation"
	"github.com/rung-hr/rung/internal/domain/imports"
	"github.com/rung-hr/rung/internal/platform/jobs"
	"github.com/rung-hr/rung/internal/platform/sheet"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/transport/api"
)

const fileOfPeople = "id,name,email,level,location\nx1,Zo\u00eb M\u00fcller,zoe@x.example,IC4,London\n"

// importJob is a job of an import as its owner reads it.
type importJob struct {
	jobs.View
	Report *sheet.ImportReport `json:"report"`
}

func upload(t *testing.T, c *apptest.Client, name string, content []byte) imports.Preview {
	t.Helper()
	res := c.Do(http.MethodPost, "/api/v1/people/imports/preview", map[string]string{"X-File-Name": url.PathEscape(name)}, content)
	require.Equal(t, http.StatusOK, res.Status, res.Text())
	var p imports.Preview
	res.Into(t, &p)
	return p
}

// importing uploads a file and waits for its job.
func importing(t *testing.T, c *apptest.Client, name string, content []byte, order imports.Order) importJob {
	t.Helper()
	order.FileID = upload(t, c, name, content).File.ID
	var j importJob
	res := c.Send(http.MethodPost, "/people/imports", -1, order, &j)
	require.Equal(t, http.StatusAccepted, res.Status)
	return await(t, c, j.ID)
}

func await(t *testing.T, c *apptest.Client, id uuid.UUID) importJob {
	t.Helper()
	var j importJob
	require.Eventually(t, func() bool {
		c.Get("/jobs/"+id.String(), &j)
		return j.EndedAt != nil
	}, 30*time.Second, 20*time.Millisecond)
	return j
}

func TestPeopleComeInStepByStep(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		hr := r.As(t, "hr")
		p := upload(t, hr, "Müller/people.csv", []byte(fileOfPeople))
		require.Equal(t, "people.csv", p.File.Name)
		require.Equal(t, []any{"csv", "comma", "UTF-8"}, []any{p.Format.Kind, p.Format.Delimiter, p.Format.Encoding})
		require.Equal(t, imports.Column{Header: "name", Field: "full_name", Samples: []string{"Zoë Müller"}}, p.Columns[1])
		require.False(t, p.Remembered)

		order := imports.Order{Columns: map[string]string{"location": ""}, DryRun: true}
		j := importing(t, hr, "people.csv", []byte(fileOfPeople), order)
		require.Equal(t, []any{"succeeded", true, 1}, []any{j.State, j.Report.DryRun, j.Report.Added})
		require.True(t, upload(t, hr, "people.csv", []byte(fileOfPeople)).Remembered)
		order.DryRun = false
		j = importing(t, hr, "people.csv", []byte(fileOfPeople), order)
		require.Equal(t, []any{"succeeded", false, 1}, []any{j.State, j.Report.DryRun, j.Report.Added})
		j = importing(t, hr, "people.csv", []byte(fileOfPeople), order)
		require.Equal(t, []int{0, 0, 1}, []int{j.Report.Added, j.Report.Changed, j.Report.Unchanged})

		var list struct{ Items []jobs.View }
		hr.Get("/jobs?kind=people_import", &list)
		require.Len(t, list.Items, 3)
		for _, path := range []string{"", "/result"} {
			require.Equal(t, http.StatusNotFound, r.As(t, "engineer").Try(http.MethodGet, "/jobs/"+j.ID.String()+path, -1, nil).Status)
		}
		require.Equal(t, http.StatusNotFound, r.As(t, "director").Try(http.MethodDelete, "/jobs/"+j.ID.String(), -1, nil).Status)
	})
}

func TestBandsAndPayComeInAsTheyAre(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	hr := r.As(t, "hr")
	importing(t, hr, "people.csv", []byte(fileOfPeople), imports.Order{})
	var report sheet.ImportReport
	hr.Send(http.MethodPost, "/pay/imports", -1, []byte("id,amount,currency,effective date\nx1,70000,GBP,2026-01-01\n"), &report)
	require.Equal(t, 1, report.Added)
	hr.Send(http.MethodPost, "/bands/imports?name=Next&validFrom=2027-01-01", -1, workbook(t, "level,location,currency,min,mid,max\nIC4,London,GBP,60000,70000,80000"), &report)
	require.Equal(t, 1, report.Rows)
	res := hr.Do(http.MethodPost, "/api/v1/pay/imports", nil, workbook(t, "id,amount,currency,effective date\nnobody,70000,GBP,2026-01-01"))
	require.Equal(t, http.StatusUnprocessableEntity, res.Status, res.Text())
}

// workbook makes text with commas an .xlsx file.
func workbook(t *testing.T, text string) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, line := range strings.Split(text, "\n") {
		cells := []any{}
		for cell := range strings.SplitSeq(line, ",") {
			cells = append(cells, cell)
		}
		require.NoError(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &cells))
	}
	var out bytes.Buffer
	require.NoError(t, f.Write(&out))
	return out.Bytes()
}

func TestWhatIsWrongWithAFileHasItsPlaceAndCanBeMended(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	hr := r.As(t, "hr")
	text := strings.Join([]string{"id,name,email,level,manager email",
		"x1,=cmd()|Zo,no address,IC9,", "x2,Good,good@x.example,IC4,director@demo.example", "x3,Bad,good@x.example,IC4,nobody@x.example",
		"x4,One,one@x.example,IC4,two@x.example", "x5,Two,two@x.example,IC4,one@x.example", ""}, "\n")
	j := importing(t, hr, "p.csv", []byte(text), imports.Order{DryRun: true})
	require.Equal(t, "failed", j.State)
	require.Equal(t, []jobs.Place{
		{File: "p.csv", Line: 2, Column: 3, Field: "email", Message: "not an e-mail address", Fix: "write it like name@example.com"},
		{File: "p.csv", Line: 2, Column: 4, Field: "level", Message: "no ladder has this level", Fix: "did you mean IC3?"},
		{File: "p.csv", Line: 4, Column: 3, Field: "email", Message: "the same e-mail as in line 3", Fix: "keep one of the rows"},
		{File: "p.csv", Line: 4, Column: 5, Field: "manager email", Message: "no such person in the file or in Rung", Fix: "add the manager to the file, or correct the cell"},
		{File: "p.csv", Line: 5, Field: "manager_id", Message: "these people report to each other in a circle: One (line 5) → Two (line 6) → One", Fix: "correct one of the managers"},
	}, j.Problem.Errors)

	res := hr.Do(http.MethodGet, "/api/v1/jobs/"+j.ID.String()+"/result", nil, nil)
	require.Equal(t, http.StatusOK, res.Status, res.Text())
	require.Equal(t, "attachment; filename=p-rows-to-mend-2026-11-24-1000.csv", res.Header.Get("Content-Disposition"))
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(res.Text(), "\ufeff"))).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"id", "name", "email", "level", "manager email", "problem", "how to fix"}, rows[0])
	require.Equal(t, "'=cmd()|Zo", rows[1][1], "no spreadsheet runs it")
	require.Equal(t, "email: not an e-mail address; level: no ladder has this level", rows[1][5])
	require.Len(t, rows, 4)

	mended := strings.NewReplacer("no address", "zo@x.example", "IC9", "IC5", "good@x.example", "bad@x.example", "nobody@x.example", "director@demo.example", "one@x.example,IC4,two@x.example", "one@x.example,IC4,director@demo.example").Replace(res.Text())
	j = importing(t, hr, "p-rows-to-mend-2026-11-24-1000.csv", []byte(mended), imports.Order{})
	require.Equal(t, "succeeded", j.State, "%+v", j.Problem)
	require.Equal(t, 3, j.Report.Added)
	var found struct{ Items []struct{ Name string } }
	hr.Get("/people?q="+url.QueryEscape("=cmd"), &found)
	require.Equal(t, "=cmd()|Zo", found.Items[0].Name, "text stays text")
}

func TestFilesThatAreNoTable(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	hr := r.As(t, "hr")
	for name, c := range map[string]struct {
		content []byte
		says    string
	}{
		"nothing":    {[]byte{}, "empty"},
		"a picture":  {[]byte("\x89PNG\x00\x00\x1a1"), "neither a text file nor a workbook"},
		"half a zip": {[]byte("PK\x03\x04rest"), "broken"},
		"zip bomb":   {zipBomb(t), "100 times its size"},
	} {
		res := hr.Do(http.MethodPost, "/api/v1/people/imports/preview", map[string]string{"X-File-Name": "f"}, c.content)
		require.Equal(t, http.StatusUnprocessableEntity, res.Status, name)
		require.Contains(t, res.Text(), c.says, name)
	}
	n, err := r.App.Store.Read().File.Query().Count(apptest.System)
	require.NoError(t, err)
	require.Zero(t, n, "what is no table is not kept")
}

// zipBomb is a workbook whose sheet unpacks to 800 MB.
func zipBomb(t *testing.T) []byte {
	t.Helper()
	whole := workbook(t, "id,name,email")
	in, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	require.NoError(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	w.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) { return flate.NewWriter(to, flate.BestSpeed) })
	for _, part := range in.File {
		to, err := w.Create(part.Name)
		require.NoError(t, err)
		from, err := part.Open()
		require.NoError(t, err)
		_, err = io.Copy(to, from)
		require.NoError(t, err)
		if part.Name == "xl/worksheets/sheet1.xml" {
			_, err = io.CopyN(to, endless{}, 800<<20)
			require.NoError(t, err)
		}
	}
	require.NoError(t, w.Close())
	return out.Bytes()
}

// endless is as many spaces as the reader reads.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func TestMoreThanTheLimitIsRefusedAndNotHeld(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	hr := r.As(t, "hr")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for name, length := range map[string]int64{"told": 201 << 20, "not told": -1} {
		header := io.MultiReader(strings.NewReader("id,name,email\n"), io.LimitReader(endless{}, 201<<20))
		res := hr.Stream(http.MethodPost, "/api/v1/people/imports/preview", header, length)
		require.Equal(t, http.StatusRequestEntityTooLarge, res.Status, name+res.Text())
		require.Contains(t, res.Text(), "200 MB", name)
	}
	runtime.ReadMemStats(&after)
	require.Less(t, after.HeapSys, before.HeapSys+(150<<20))
	n, err := r.App.Store.Read().FileChunk.Query().Count(apptest.System)
	require.NoError(t, err)
	require.Zero(t, n)
}

func TestCancellingAnImportLeavesNothing(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		hr := r.As(t, "hr")
		var text strings.Builder
		text.WriteString("id,name,email,level\n")
		for i := range 20_000 {
			fmt.Fprintf(&text, "c%d,Person %d,c%d@x.example,IC4\n", i, i, i)
		}
		order := imports.Order{FileID: upload(t, hr, "many.csv", []byte(text.String())).File.ID}
		var j importJob
		hr.Send(http.MethodPost, "/people/imports", -1, order, &j)
		require.Eventually(t, func() bool {
			hr.Get("/jobs/"+j.ID.String(), &j)
			return j.Phase == "Writing people" && j.Done > 0
		}, 30*time.Second, 5*time.Millisecond, "progress shows while the transaction runs")
		hr.Send(http.MethodDelete, "/jobs/"+j.ID.String(), -1, nil, nil)
		j = await(t, hr, j.ID)
		require.Equal(t, "cancelled", j.State)
		var found struct{ Items []struct{ Name string } }
		hr.Get("/people?q=Person+1", &found)
		require.Empty(t, found.Items)
	})
}

func TestImportingPeopleIsForHR(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	hr, engineer := r.As(t, "hr"), r.As(t, "engineer")
	id := upload(t, hr, "p.csv", []byte(fileOfPeople)).File.ID
	require.Equal(t, http.StatusForbidden, engineer.Try(http.MethodPost, "/people/imports/preview", -1, []byte(fileOfPeople)).Status)
	require.Equal(t, http.StatusForbidden, engineer.Try(http.MethodPost, "/people/imports", -1, imports.Order{FileID: id}).Status)
	require.Equal(t, http.StatusNotFound, hr.Try(http.MethodPost, "/people/imports", -1, imports.Order{FileID: uuid.New()}).Status)
	res := hr.Try(http.MethodPost, "/people/imports", -1, imports.Order{FileID: id, Columns: map[string]string{"id": "shoe_size"}})
	require.Equal(t, http.StatusUnprocessableEntity, res.Status)
	var problem api.Problem
	res.Into(t, &problem)
	require.Equal(t, "there is no field shoe_size", problem.Errors[0].Message)
}

func TestBandsOverHTTP(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	comp := r.As(t, "comp")
	var got compensation.BandComparison
	comp.Get("/bands/comparison", &got)
	require.NotEmpty(t, got.Rows)
	text := comp.Get("/bands/comparison?view=buckets", nil).Text()
	require.NotContains(t, text, `"people":[`)
	require.Contains(t, text, `"outside":[]`)

	file := comp.Do(http.MethodGet, "/api/v1/bands/comparison.csv", nil, nil)
	require.Equal(t, "text/csv; charset=utf-8", file.Header.Get("Content-Type"))
	require.Contains(t, file.Header.Get("Content-Disposition"), `attachment; filename="bands-2026-11-24.csv"`)
	rows, err := csv.NewReader(strings.NewReader(file.Text())).ReadAll()
	require.NoError(t, err)
	require.Greater(t, len(rows), len(got.Rows))

	var why compensation.Explanation
	comp.Get("/bands/explain?level="+got.Rows[0].Level+"&location="+url.QueryEscape(got.Rows[0].Location), &why)
	require.NotEmpty(t, why.Figures)
	var own compensation.OwnBand
	r.As(t, "engineer").Get("/me/band", &own)
	require.Positive(t, own.Pay.Minor)
	require.Equal(t, http.StatusForbidden, r.As(t, "engineer").Do(http.MethodGet, "/api/v1/bands/comparison", nil, nil).Status)
}
