package demo

import (
	"context"
	"slices"

	"github.com/rung-hr/rung/internal/domain/technology"
)

// knows is what the engineers of the demo say they work with.
var knows = []technology.Said{
	{Name: "Go", Depth: technology.Expert, Stance: "Plain and quick to review, so I start every service in it. For data science I would take Python, since the libraries are there and nobody rewrites them."},
	{Name: "PostgreSQL", Depth: technology.Expert, Stance: "One PostgreSQL with partitions carries us further than most people expect. I would leave it for Cassandra only when writes outgrow one machine and nobody needs joins."},
	{Name: "Kafka", Depth: technology.Production, Stance: "Worth its weight from three consumers on. For a work queue I take RabbitMQ or a table: replaying an offset by hand at night is no joy."},
	{Name: "Redis", Depth: technology.Production, Stance: "As a cache, with limits that were tried. Never as the only place where something is kept."},
	{Name: "Kubernetes", Depth: technology.Used},
	{Name: "Terraform", Depth: technology.Used},
	{Name: "Grafana", Depth: technology.Production},
	{Name: "Python", Depth: technology.Used, Stance: "For scripts and notebooks. In a service I miss the types by the second month."},
	{Name: "Rust", Depth: technology.Tried},
	{Name: "OpenTelemetry", Depth: technology.Production, Stance: "Traces before dashboards: they show which of forty services is slow."},
}

// addTechnologies describes what the manager's team works with: all of it for the
// engineer, a part of it for two colleagues.
func (s *seeder) addTechnologies(ctx context.Context) error {
	s.clock.Set(s.daysAgo(25))
	lately, long := string(s.date(100)[:7]), string(s.date(3 * year)[:7])
	engineer := s.byKey["engineer"]
	team := slices.DeleteFunc(s.writers(), func(m *member) bool { return m == engineer })
	for _, m := range append(team[:2], engineer) {
		for i, said := range knows {
			if m != engineer && (i+len(m.name))%2 == 0 {
				continue
			}
			switch said.Name {
			case "Rust":
				said.LastUsed = &long
			case "Terraform":
				said.LastUsed = &lately
			}
			if _, err := s.app.Services.Technology.Add(s.as(ctx, m), said); err != nil {
				return err
			}
		}
	}
	return nil
}
