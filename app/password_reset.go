package app

import (
	"context"
	"io"

	"peixun/data"
)

// RequestPasswordReset notes that the platform shall give trainees the default password, and tells for how many it is a new
// request: an open one stays as it is. The program stores no password.
func (a *App) RequestPasswordReset(ctx context.Context, ids []int64) (int, error) {
	return 0, unbuilt(ctx, a)
}

// PasswordResets lists the open requests, the oldest first.
func (a *App) PasswordResets(ctx context.Context) ([]data.PasswordReset, error) {
	return nil, unbuilt(ctx, a)
}

// FinishPasswordResets notes that the platform has reset the passwords of trainees, and tells of how many requests.
func (a *App) FinishPasswordResets(ctx context.Context, ids []int64) (int, error) {
	return 0, unbuilt(ctx, a)
}

// WriteResetSlips writes a hand-out slip for each trainee as a PDF: the username, the default password and where to log in.
func (a *App) WriteResetSlips(ctx context.Context, w io.Writer, ids []int64) error {
	return unbuilt(ctx, a)
}

// SaveResetSlips is WriteResetSlips into a file, whole or not at all.
func (a *App) SaveResetSlips(ctx context.Context, path string, ids []int64) error {
	return WriteFile(path, func(w io.Writer) error { return a.WriteResetSlips(ctx, w, ids) })
}
