package letters

import (
	"context"
	"encoding/json"
	"log/slog"

	"peixun/views/ui"
)

// settings keep a table's column widths.
type settings interface {
	Setting(ctx context.Context, key, fallback string) string
	SetSetting(ctx context.Context, key, value string) error
}

// rememberWidths restores the widths that a person gave a table's columns and keeps later ones.
func rememberWidths(s settings, key string, table *ui.DataTable) {
	widths := map[string]float32{}
	if err := json.Unmarshal([]byte(s.Setting(context.Background(), key, "{}")), &widths); err == nil {
		table.SetWidths(widths)
	}
	table.OnResize = func(widths map[string]float32) {
		text, err := json.Marshal(widths)
		if err == nil {
			err = s.SetSetting(context.Background(), key, string(text))
		}
		if err != nil {
			slog.Warn("column widths not kept", "table", key, "cause", err)
		}
	}
}
