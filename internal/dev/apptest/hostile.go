package apptest

import (
	"fmt"
	"strings"
)

// NotText are JSON literals that PostgreSQL keeps in no column.
var NotText = []string{`"a\u0000b"`, `"\u0000"`, "\"a\xffb\"", "\"\xed\xa0\x80\"", `"a\ud800b"`, `"\udc00\ud800"`}

// Hostile are JSON literals that no field expects, besides those of NotText.
var Hostile = []string{
	`null`, `true`, `[]`, `{}`, `[[[[{"a":[]}]]]]`, `""`, `" "`, `-1`, `0`, `0.5`, `1e400`, `2147483648`, `9223372036854775808`, `-99999999999999999999`,
	`"' OR 1=1; --"`, `"%_\\"`, `"\\\"'${x}{{x}}"`, `"9999-99-99"`, `"0000-00-00"`, `"0000-01-01"`, `"9999-12-31"`, `"2026-02-30"`,
	`"00000000-0000-0000-0000-000000000000"`, `"not-an-id"`, `"\ud83d\ude80\u202e\ufeff"`, `["x","x"]`, `{"x":"x"}`,
	`"` + strings.Repeat("ß", 5000) + `"`,
}

// Letters is a text of n characters that take four bytes each.
func Letters(n int) string { return strings.Repeat("𝔘", n) }

// InAddress are hostile values as an address has them, besides those of
// NotTextInAddress.
var InAddress = []string{
	"", "%20", "-1", "0", "1e400", "9223372036854775808", "%27%20OR%201=1;%20--", "%25_%5C", "9999-99-99", "0000-00-00", "9999-12-31",
	"00000000-0000-0000-0000-000000000000", "not-an-id", "a,b,,c", "x%2F..%2Fy", strings.Repeat("%C3%9F", 1500), strings.Repeat("%F0%9D%94%98", 64),
}

// NotTextInAddress are values of an address that are not text.
var NotTextInAddress = []string{"a%00b", "%FF", "%ED%A0%80"}

// Cursors are places in a list that no list has made, before they are encoded.
var Cursors = []string{
	`{"k":"a\u0000b","i":"%s"}`, `{"k":"9999-99-99","i":"%s"}`, `{"k":"","i":"%s"}`, `{"k":"0000-01-01T00:00:00Z","i":"%s"}`, `{"k":"9999-12-31T23:59:59.999999999Z","i":"%s"}`,
	fmt.Sprintf(`{"k":%q,"i":"%%s"}`, Letters(1000)), `{"i":"%s"}`, `[]`, `{"k":7}`,
}
