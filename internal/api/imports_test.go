package api_test

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/api"
	"github.com/rung-hr/rung/internal/apptest"
	"github.com/rung-hr/rung/internal/compensation"
	"github.com/rung-hr/rung/internal/sheet"
	"github.com/rung-hr/rung/internal/store/storetest"
)

const fileOfPeople = "id,name,email,level,location\nx1,Zo\u00eb M\u00fcller,zoe@x.example,IC4,London\n"

func TestFilesComeInAsTheyAre(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	hr := r.As(t, "hr")
	var report sheet.ImportReport
	for _, kind := range []string{"text/csv", "application/octet-stream"} {
		res := hr.Do(http.MethodPost, "/api/v1/people/imports?dryRun=true", map[string]string{"Content-Type": kind, "X-File-Name": "M%C3%BCller%2Fpeople.csv"}, []byte(fileOfPeople))
		require.Equal(t, http.StatusOK, res.Status, res.Text())
		res.Into(t, &report)
		require.Equal(t, "people.csv", report.File)
		require.Equal(t, []int{1, 1}, []int{report.Rows, report.Added})
	}
	hr.Send(http.MethodPost, "/people/imports", -1, []byte(fileOfPeople), &report)
	require.False(t, report.DryRun)
	hr.Send(http.MethodPost, "/pay/imports", -1, []byte("id,amount,currency,effective date\nx1,70000,GBP,2026-01-01\n"), &report)
	require.Equal(t, 1, report.Added)
	hr.Send(http.MethodPost, "/bands/imports?name=Next&validFrom=2027-01-01", -1, []byte("level,location,currency,min,mid,max\nIC4,London,GBP,60000,70000,80000\n"), &report)
	require.Equal(t, 1, report.Rows)
}

func TestWhatIsWrongWithAFileHasItsPlace(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	res := r.As(t, "hr").Do(http.MethodPost, "/api/v1/people/imports", map[string]string{"X-File-Name": "p.csv"}, []byte("id,name,email,level\nx1,Zo,no address,IC9\n"))
	require.Equal(t, http.StatusUnprocessableEntity, res.Status, res.Text())
	var problem api.Problem
	res.Into(t, &problem)
	require.Equal(t, []api.ProblemPlace{
		{File: "p.csv", Line: 2, Column: 3, Field: "email", Message: "not an e-mail address", Fix: "write it like name@example.com"},
		{File: "p.csv", Line: 2, Column: 4, Field: "level", Message: "no ladder has this level", Fix: "did you mean IC3?"},
	}, problem.Errors)
	require.Equal(t, http.StatusForbidden, r.As(t, "engineer").Try(http.MethodPost, "/people/imports", -1, []byte(fileOfPeople)).Status)
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
