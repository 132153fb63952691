package record

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNamesAreReplacedAsWordsOfTheirOwn(t *testing.T) {
	r := &redactor{names: map[string]string{"Al": "Person 1", "Al Bo": "Person 2", "Zoë": "Person 3", "\u674e": "Person 4"}}
	for text, want := range map[string]string{
		"Also Al, Al's and al.":       "Also Person 1, Person 1's and al.",
		"Al Bo met Al. AlBo did not.": "Person 2 met Person 1. AlBo did not.",
		"AlAl Al":                     "AlAl Person 1",
		"Zoëlle and Zoë":              "Zoëlle and Person 3",
		"Al":                          "Person 1",
		"":                            "",
		"nobody here":                 "nobody here",
		"(\u674e)":                    "(Person 4)",
		"\u548c\u674e\u8ba8":          "\u548cPerson 4\u8ba8",
		"Als Paket, Al Bos Paket":     "Person 1s Paket, Person 2s Paket",
	} {
		require.Equal(t, want, r.words(text), text)
	}
}
