package ladder

import (
	"fmt"

	"github.com/Masterminds/semver/v3"
)

// Succeeds checks that a document may follow the versions that were published
// before it, the newest first: its version number is higher than the last one,
// and no uid is used for another sentence than before. The rubric is that of the
// document, with its layers merged.
func Succeeds(document Document, rubric Rubric, earlier []Rubric) Findings {
	var findings Findings
	last := map[string]bool{}
	for i, old := range earlier {
		if i == 0 {
			if was, is := semver.MustParse(old.Version), semver.MustParse(document.Version); !is.GreaterThan(was) {
				findings = append(findings, Finding{Path: "/version", Message: fmt.Sprintf("version %s does not come after %s", document.Version, old.Version), Fix: "increase it"})
			}
		}
		now := map[string]bool{}
		for _, sentence := range rubric.sentences() {
			now[sentence.uid] = true
		}
		for _, sentence := range old.sentences() {
			if i == 0 {
				last[sentence.uid] = true
			} else if now[sentence.uid] && !last[sentence.uid] {
				last[sentence.uid] = true // report it once
				findings = append(findings, Finding{Path: pathOf(document, sentence.uid), Message: fmt.Sprintf("uid %q was used in version %s for another sentence", sentence.uid, old.Version), Fix: "give it a uid of its own; never reuse an old one"})
			}
		}
	}
	return findings
}

func pathOf(document Document, uid string) string {
	for i, entry := range document.Competencies {
		for j, d := range entry.Descriptors {
			for k, c := range d.Criteria {
				if c.UID == uid {
					return at("competencies", i, "descriptors", j, "criteria", k, "uid")
				}
			}
		}
	}
	return ""
}
