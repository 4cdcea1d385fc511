package desk

import (
	"context"
	"encoding/json"
	"log/slog"

	"peixun/views/ui"
)

// WidthKeeper keeps a table's column widths; *app.App is one.
type WidthKeeper interface {
	Setting(ctx context.Context, key, fallback string) string
	SetSetting(ctx context.Context, key, value string) error
}

// RememberWidths restores the widths that a person gave a table's columns and keeps later ones.
func RememberWidths(s WidthKeeper, key string, table *ui.DataTable) {
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
