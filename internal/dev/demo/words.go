package demo

// said is what people in the demo write about a competency: a reason, and a piece
// of evidence for it.
type said struct {
	reason   string
	evidence string
	body     string
}

var saidOf = map[string][]said{
	"system-design": {
		{"I designed the queue that took ledger writes off the shared database. Three teams build on it and I answered for its trade-offs.", "Ledger queue redesign", "p99 of a write fell from 840 ms to 190 ms. Kept PostgreSQL and partitioned it instead of adding a store that two teams could not run."},
		{"My design for idempotent refunds covers two services. I have not yet planned beyond next year's load.", "Idempotent refunds", "Two services, one key table, no double refund since March."},
	},
	"code-quality-and-review": {
		{"I wrote the review guide for payment APIs and most changes now pass in two rounds.", "Review guide for payment APIs", "Median time to merge went from 3 days to 1."},
		{"My reviews ask for tests of the failing path, and the team follows.", "Failure-path tests in settlement", "Twelve flaky tests replaced by deterministic ones."},
	},
	"reliability-and-operations": {
		{"I agreed targets for two services with Product and cut incidents from 11 in a half-year to 3.", "Queue back-pressure fix", "Found the missing limit in an incident, fixed the class of failure, wrote the runbook."},
		{"I carry on-call and remove the cause of what wakes me.", "Runbook for gateway failover", "Used by three people on call since."},
	},
	"technical-direction": {
		{"I proposed the retry standard that four teams use, and retired the old one.", "Retry standard for payment APIs", "Written proposal, two rounds of comments, adopted in August."},
		{"I follow the agreed direction and propose changes to the team's standards.", "Proposal: one error format", "Accepted by the team, not yet by others."},
	},
	"design-review": {
		{"I run the fortnightly design review and other teams bring their designs.", "Design reviews, spring", "Nine designs reviewed, two stopped before they were built."},
		{"I ask for the decision that matters and write it down.", "Review of the partition plan", "Changed the key before it was expensive."},
	},
	"cross-functional-planning": {
		{"I say what is feasible and what it costs when Product asks. I do not yet bring the trade-off first.", "Quarter plan with Product", "Two options with their cost, one chosen."},
		{"I represented the team in planning for a quarter and moved one date early instead of late.", "Planning for the new ledger", "Named the risk in week one."},
	},
	"mentoring": {
		{"One engineer grew from small tasks to leading a design review with me in the room.", "Design review coaching", "Goal agreed in June, first review led alone in November."},
		{"I help in reviews and by pairing each week.", "Weekly pairing", "Goal: own the alerting of one service."},
	},
	"written-communication": {
		{"My incident reviews are read outside engineering, and Support quotes them.", "Incident review of 3 March", "Two pages, understood by Support and Finance."},
		{"My design notes explain the decision before the detail.", "Design note on partitions", "Read by three teams."},
	},
	"remote-and-async-practice": {
		{"Decisions of the team stand in writing before the meeting; people in two other zones can object in time.", "Decision log of the team", "41 entries, a reader in every zone."},
		{"I review within a working day and leave work so that others can pick it up.", "Hand-over notes", "No question had to wait a night."},
	},
}

var summaries = []string{
	"For ten months I have led the work that moved ledger writes off one shared queue. Three teams now build on that design, and payment incidents fell from 11 in one half-year to 3 in the next. I wrote the retry standard that four teams use.",
	"I own the settlement service together with its targets, and brought its error budget under control. I led two designs that other teams adopted, and I help two engineers towards goals that we wrote down.",
	"I took over the gateway when it failed weekly. It has not failed since April. The design came out of a review that I ran with three teams, and its cost is a third of the old one.",
}

var ballotReasons = map[string]string{
	"approve": "Design and operations are clearly at the level asked for, over more than half a year, and others build on the work.",
	"not_yet": "Design and operations are shown. Reach beyond their own team is not: direction and planning have one example each.",
	"decline": "Most of what is claimed is at the current level. I found no example at the level above that lasted.",
}
